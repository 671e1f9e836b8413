// A long history: only what is on screen is drawn, and what is new is read by itself, not with all that was read before.
import assert from 'node:assert/strict';
import { Operator } from '../operator.mjs';
import { sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER } from '../steady-maker.mjs';

const { key } = STEADY_MAKER;
const CHANGES = 240;

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  for (let amount = 1; amount <= CHANGES; amount += 1) {
    await operator.updateDefinition({ key, defaultConfig: { ...STEADY_MAKER.defaultConfig, orderAmount: 100 + amount } });
  }
  await signIn(page, server);
  await page.goto(`${server.baseUrl}/definitions/${key}?tab=history`);
  const entries = page.getByRole('listitem').filter({ hasText: 'DefinitionUpdated' });
  await sees(entries.first());
  for (const loaded of [100, 150, 200]) {
    await page.getByRole('button', { name: 'Load more' }).click();
    await until(`${loaded} are loaded`, async () => (await entries.first().getAttribute('aria-setsize')) === String(loaded));
  }
  assert.ok((await entries.count()) < 60, 'only what is near the screen is drawn');
  await readsOnlyWhatIsNew(page, operator, entries);
  await page.getByRole('button', { name: 'Load more' }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Load more' }).click();
  await until('the beginning is reached', async () => (await page.getByText('DefinitionCreated').count()) > 0 || (await page.mouse.wheel(0, 5_000), false));
  await shot(page, 'history');
}

async function readsOnlyWhatIsNew(page, operator, entries) {
  const asked = [];
  page.on('request', (request) => {
    const body = request.postData() ?? '';
    if (body.includes('query StreamHistory')) asked.push(JSON.parse(body).variables.after);
  });
  await operator.updateDefinition({ key, defaultConfig: { ...STEADY_MAKER.defaultConfig, orderAmount: 9_999 } });
  await until('the new one is on top of those that were loaded', async () => (await entries.first().getAttribute('aria-setsize')) === '201');
  assert.ok(asked.length > 0 && asked.every((after) => after === null), `it asked after ${JSON.stringify(asked)}`);
}
