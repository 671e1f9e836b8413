// Measures what people wait for, against the program E2E_PROGRAM names (a release build, if the figures are to count):
// `npm run figures`, or `npm run figures -- rows` for those whose name contains "rows".
import { withBrowser, visitor } from './browser.mjs';
import { Complaints } from './complaints.mjs';
import { manyRows } from './figures/many-rows.mjs';
import { publishToSeen } from './figures/publish-to-seen.mjs';
import { timeToInteractive } from './figures/time-to-interactive.mjs';
import { withServer } from './server.mjs';

const { E2E_PROGRAM: program } = process.env;
if (!program) {
  console.error('set E2E_PROGRAM to the built program, such as ../target/release/strategos');
  process.exit(2);
}
const wanted = process.argv[2] ?? '';
const complaints = new Complaints();
for (const [name, measure] of Object.entries({ timeToInteractive, publishToSeen, manyRows })) {
  if (!name.toLowerCase().includes(wanted.toLowerCase())) continue;
  await withServer(program, {}, async (server) => {
    /** Every browser is a new one: nothing is warm. More visitors have windows of their own. */
    const inBrowser = (use) => withBrowser(async (browser) => {
      const newVisitor = () => visitor(browser, server.baseUrl, complaints);
      return use(await newVisitor(), newVisitor);
    });
    await measure({ server, inBrowser, say: (figure) => console.log(`${name}: ${figure}`) });
  });
}
for (const complaint of complaints.all) console.error(complaint);
process.exit(complaints.all.length === 0 ? 0 : 1);
