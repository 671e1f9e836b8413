/** Ten thousand instances in one list that goes on changing: how much of it exists, and how long it keeps a hand waiting. */
import { Operator } from '../operator.mjs';
import { until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';
import { ms } from './statistics.mjs';

const ROWS = 10_000;
const AT_ONCE = 32;
const CHANGING = 20;
const SCREENS = 120;
/** Without a layer nothing is quoted: what is measured is the page. */
const SILENT = { numberOfLayers: 0, orderRefreshTime: 86_400_000 };

export async function manyRows({ server, inBrowser, say }) {
  const operator = await Operator.signIn(server);
  const { numberOfLayers: _limited, ...properties } = STEADY_MAKER.configSchema.properties;
  await operator.createDefinition({ ...STEADY_MAKER, configSchema: { ...STEADY_MAKER.configSchema, properties } });
  await startMany(operator);
  await inBrowser(async (context) => {
    const page = await context.newPage();
    await signIn(page, server);
    await page.goto(`${server.baseUrl}/instances?sort=KEY`);
    await loadAll(page);
    const live = keepChanging(operator);
    await page.evaluate(noteLongTasks);
    const table = page.getByRole('region', { name: /^Instances, scrollable table/ });
    await table.hover();
    let mostRows = 0;
    for (let screen = 0; screen < SCREENS; screen += 1) {
      await page.mouse.wheel(0, screen % 10 === 9 ? 30_000 : 600);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      mostRows = Math.max(mostRows, await table.getByRole('row').count());
    }
    const { longest, tasks, gap } = await page.evaluate(() => window.responsiveness());
    const changes = await live();
    say(`${ROWS} rows, ${changes} of them changed while ${SCREENS} screens were scrolled: at most ${mostRows} rows in the document, longest task ${ms(longest)} (${tasks} over 50 ms), longest wait for a frame ${ms(gap)}`);
  });
}

async function startMany(operator) {
  let next = 0;
  const starters = Array.from({ length: AT_ONCE }, async () => {
    while (next < ROWS) await operator.start({ ...quoting(`user-${String((next += 1)).padStart(5, '0')}`), config: SILENT });
  });
  await Promise.all(starters);
}

async function loadAll(page) {
  const more = page.getByRole('button', { name: 'Load more' });
  const shown = page.getByText(new RegExp(`^\\d+ of ${ROWS}$`));
  for (let rows = 200; rows < ROWS; rows += 200) {
    await until(`${rows} rows are there`, async () => (await shown.innerText()).startsWith(`${rows} `));
    await more.click();
  }
  await until('all rows are there', async () => (await shown.innerText()) === `${ROWS} of ${ROWS}`);
}

/** Stops and starts a few again and again; answers how to end it, which answers how often something changed. */
function keepChanging(operator) {
  let ended = false;
  let changes = 0;
  const work = (async () => {
    while (!ended) {
      const user = `user-${String(1 + (changes % CHANGING)).padStart(5, '0')}`;
      await operator.stop({ key: keyOf(user), reason: 'To change a row' });
      await operator.start({ ...quoting(user), config: SILENT });
      changes += 2;
    }
  })();
  return async () => {
    ended = true;
    await work;
    return changes;
  };
}

function noteLongTasks() {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  let gap = 0;
  let before = performance.now();
  const frame = (now) => {
    gap = Math.max(gap, now - before);
    before = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.responsiveness = () => ({ tasks: tasks.length, longest: Math.max(0, ...tasks), gap });
}
