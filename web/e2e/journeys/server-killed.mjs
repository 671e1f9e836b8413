// The server dies without warning while pages are open and comes back: the pages say so, recover by themselves, and
// their rows are the log's: none missed, none doubled.
import assert from 'node:assert/strict';
import { SERVER_IS_DOWN } from '../complaints.mjs';
import { Operator } from '../operator.mjs';
import { row, sees, until } from '../see.mjs';
import { live, signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const NAMES = ['ana', 'ben', 'cem'];

export async function journey({ server, page: list, complaints, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  for (const name of NAMES) await operator.start(quoting(name));
  await signIn(list, server);
  const explorer = await list.context().newPage();
  await list.goto(`${server.baseUrl}/instances?text=desk`);
  await explorer.goto(`${server.baseUrl}/events?streamType=strategy_instance`);
  for (const page of [list, explorer]) await live(page);
  await until('all quote', async () => (await row(list, 'desk').filter({ hasText: 'running' }).count()) === NAMES.length);
  const seen = (await positions(explorer)).length;

  await complaints.expecting(SERVER_IS_DOWN, async () => {
    await server.kill();
    for (const page of [list, explorer]) {
      await sees(page.locator('[data-connection="reconnecting"]'));
      await sees(page.getByText(/^Reconnecting in \d+ s$/).first());
    }
    await shot(list, 'reconnecting');
    await server.start();
    // Before the pages are back: what happens now must reach them, too
    await whileNobodyLooks(server);
    for (const page of [list, explorer]) await live(page);
  });
  await recoversTheList(list, shot);
  await recoversTheExplorer(explorer, server, seen, shot);
}

async function whileNobodyLooks(server) {
  const operator = await Operator.signIn(server);
  await operator.stop({ key: keyOf('ben'), reason: 'Stopped right after the crash' });
  await operator.start(quoting('dee'));
}

async function recoversTheList(page, shot) {
  await until('the list says who runs', async () => {
    const rows = await page.getByRole('table', { name: 'Instances' }).getByRole('row').filter({ hasText: 'desk' }).allInnerTexts();
    const states = Object.fromEntries(rows.map((text) => [text.match(/(\w+)-desk-/)[1], text.includes('stopped') ? 'stopped' : 'running']));
    return rows.length === 4 && JSON.stringify(Object.entries(states).sort()) === JSON.stringify(EXPECTED);
  });
  assert.equal(await page.locator('[data-count="RUNNING"]').innerText(), '3');
  await shot(page, 'list-recovered');
}

const EXPECTED = [['ana', 'running'], ['ben', 'stopped'], ['cem', 'running'], ['dee', 'running']];

async function recoversTheExplorer(page, server, seen, shot) {
  const lines = (await server.log('--kind', 'strategy_instance')).trim().split('\n').map((line) => JSON.parse(line).position);
  assert.ok(lines.length > seen, 'something happened meanwhile');
  // The page counts what came in while it was away; exactly that, then shows it
  const newer = page.getByRole('button', { name: /^Show \d+ newer events?$/ });
  await until('every newer event is counted', async () => (await newer.innerText()) === newerSaid(lines.length - seen));
  await shot(page, 'explorer-counts');
  await newer.click();
  await until('the newer events are there', async () => (await positions(page)).length === lines.length);
  assert.deepEqual((await positions(page)).reverse(), lines);
  await shot(page, 'explorer-recovered');
}

const newerSaid = (count) => `Show ${count} newer ${count === 1 ? 'event' : 'events'}`;

async function positions(page) {
  const buttons = page.getByRole('button', { name: /^Open event/ });
  await sees(buttons.first());
  return buttons.allInnerTexts();
}
