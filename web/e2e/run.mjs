// Runs each journey against the program E2E_PROGRAM names, on a fresh store and in a browser of its own.
// `npm run e2e -- start` runs only the journeys whose name contains "start".
import { mkdir, readdir } from 'node:fs/promises';
import { withBrowser, visitor } from './browser.mjs';
import { Complaints } from './complaints.mjs';
import { withServer } from './server.mjs';

const { E2E_PROGRAM: program } = process.env;
if (!program) {
  console.error('set E2E_PROGRAM to the built program, such as ../target/debug/strategos');
  process.exit(2);
}
const output = new URL('./output/', import.meta.url).pathname;
await mkdir(output, { recursive: true });
const wanted = process.argv[2] ?? '';
const files = (await readdir(new URL('./journeys/', import.meta.url))).filter((file) => file.endsWith('.mjs')).sort();

let passed = 0;
const failed = [];
const unsteady = [];
for (const file of files.filter((name) => name.includes(wanted))) {
  const name = file.replace(/\.mjs$/, '');
  const { told, attempts } = await twiceAtMost(name, await import(`./journeys/${file}`));
  if (told === undefined) {
    passed += 1;
    if (attempts > 1) unsteady.push(name);
  } else {
    failed.push(`${name}\n${told}`);
  }
}
if (unsteady.length > 0) console.log(`UNSTEADY, failed once and then passed: ${unsteady.join(', ')}`);
for (const one of failed) console.log(`FAILED  ${one}`);
console.log(` Tests  ${passed} passed | ${failed.length} failed`);
process.exit(failed.length === 0 && passed > 0 ? 0 : 1);

/** A busy machine can make a browser miss its moment; a fault shows again. What failed once is told either way. */
async function twiceAtMost(name, journey) {
  let told;
  for (let attempts = 1; attempts <= 2; attempts += 1) {
    const began = Date.now();
    try {
      await take(name, journey);
      console.log(`ok      ${name} (${Date.now() - began} ms)`);
      return { attempts };
    } catch (error) {
      told = error.message;
      console.log(`FAILED  ${name} (${Date.now() - began} ms)\n${told}`);
    }
  }
  return { told, attempts: 2 };
}

async function take(name, { journey, store = {} }) {
  const complaints = new Complaints();
  const shot = async (page, picture) => {
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: `${output}${name}-${picture}.png`, fullPage: true });
  };
  await withServer(program, store, (server) =>
    withBrowser(async (browser) => {
      const newVisitor = (locale) => visitor(browser, server.baseUrl, complaints, locale);
      const page = await (await newVisitor()).newPage();
      const pages = () => browser.contexts().flatMap((context) => context.pages());
      try {
        await journey({ server, page, newVisitor, complaints, shot, output });
      } catch (error) {
        for (const [index, open] of pages().entries()) await shot(open, `failed-${index + 1}`).catch(() => undefined);
        throw new Error(`${error.stack}\n${whatWasSaid(complaints)}`, { cause: error });
      }
      if (complaints.all.length > 0) throw new Error(whatWasSaid(complaints));
    }),
  );
}

function whatWasSaid({ all }) {
  return all.length === 0 ? 'the pages complained of nothing' : `the pages complained:\n${all.join('\n')}`;
}
