/** From following a link to the list of instances, in a browser that was just started, to a list that can be used. */
import { Operator } from '../operator.mjs';
import { signInQuietly } from '../sign-in.mjs';
import { STEADY_MAKER, quoting } from '../steady-maker.mjs';
import { ms, percentile } from './statistics.mjs';

const TIMES = 12;
const INSTANCES = 60;

export async function timeToInteractive({ server, inBrowser, say }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  for (let number = 0; number < INSTANCES; number += 1) {
    const calm = { orderRefreshTime: 86_400_000 };
    await operator.start({ ...quoting(`user-${number}`), config: calm });
  }
  const session = await inBrowser((context) => signInQuietly(context, server));
  const taken = [];
  for (let time = 0; time < TIMES; time += 1) taken.push(await inBrowser((context) => openOnce(context, server, session)));
  say(`${INSTANCES} instances, n = ${TIMES}: median ${ms(percentile(taken, 0.5))}, max ${ms(Math.max(...taken))}`);
}

async function openOnce(context, server, session) {
  await context.addCookies(session);
  const page = await context.newPage();
  await page.goto(`${server.baseUrl}/instances`, { waitUntil: 'commit' });
  await page.getByRole('row').nth(2).waitFor();
  // Usable is when the page has nothing else to do any more: what is typed now is answered
  return page.evaluate(() => new Promise((done) => requestIdleCallback(() => done(performance.now()))));
}
