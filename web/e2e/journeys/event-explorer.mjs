// The log in the browser: filters that live in the address, what caused what, what differs, and an export that is
// the log byte for byte.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { jsonIn } from '../editor.mjs';
import { Operator } from '../operator.mjs';
import { row, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key } = STEADY_MAKER;

export const store = { demo: true };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition({ ...STEADY_MAKER, reason: 'A “quoted” reason, with ümlauts & 0.10' });
  const updated = await operator.updateDefinition({ key, defaultConfig: { ...STEADY_MAKER.defaultConfig, orderAmount: 7 } });
  await operator.start(quoting('ana'));
  await signIn(page, server);
  await filters(page, server, shot);
  await comparesPayloads(page, server, updated.position, shot);
  await comparesFarFromTheBeginning(page, server, operator);
  await followsCauses(page, server, shot);
  await opensAndClosesByKeyboard(page, server);
  await exports(page, server, shot);
}

/** With suggestions under it: to a screen reader a combobox. */
const typeField = (page) => page.getByRole('combobox', { name: 'Type', exact: true });

async function filters(page, { baseUrl }, shot) {
  await page.goto(`${baseUrl}/events`);
  await typeField(page).pressSequentially('DefinitionUpdated, InstanceStarted');
  await page.getByLabel('Actor').fill('admin');
  await page.getByLabel('Order').selectOption({ label: 'In commit order' });
  await page.getByRole('button', { name: 'Apply' }).click();
  const table = page.getByRole('table', { name: 'Events' });
  await until('two events fit', async () => (await table.getAttribute('aria-rowcount')) === '3');
  const types = await table.getByRole('row').locator('[role="cell"]:nth-child(3)').allInnerTexts();
  assert.deepEqual(types, ['DefinitionUpdated', 'InstanceStarted']);
  const address = new URL(page.url());
  assert.equal(address.searchParams.get('type'), '["DefinitionUpdated","InstanceStarted"]');
  assert.equal(address.searchParams.get('oldest'), 'true');
  await shot(page, 'filtered');
  // Whoever gets the link sees the same
  await page.reload();
  await until('the same two events are there', async () => (await table.getAttribute('aria-rowcount')) === '3');
  assert.equal(await page.getByLabel('Actor').inputValue(), 'admin');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await sees(row(page, 'OrderIntended').first());
  assert.equal(new URL(page.url()).search, '');
}

/** Opened from the table, the card has the keyboard; Escape gives it back to the row. */
async function opensAndClosesByKeyboard(page, { baseUrl }) {
  await page.goto(`${baseUrl}/events?type=["DefinitionUpdated"]`);
  const opener = row(page, 'DefinitionUpdated').first().getByRole('button', { name: /^Open event/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: /^Event \d+$/ });
  await until('the card has the focus', () => card.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await seesNoMore(card);
  assert.ok(await opener.evaluate((element) => element === document.activeElement), 'the row has the focus again');
}

async function comparesPayloads(page, { baseUrl }, position, shot) {
  await page.goto(`${baseUrl}/events?open=${position}`);
  const card = page.getByRole('region', { name: `Event ${position}` });
  await sees(card.getByText('DefinitionUpdated').first());
  await card.getByRole('button', { name: 'Compare with the event before it in the stream' }).click();
  await sees(card.getByText(/orderAmount: .*5.* → .*7|orderAmount.*7/).first());
  await until('both payloads are side by side', async () => (await jsonIn(page, `Event ${position}`)).includes('"orderAmount": 7'));
  await shot(page, 'payload-diff');
}

/** Further along its stream than one answer holds. */
async function comparesFarFromTheBeginning(page, { baseUrl }, operator) {
  let last;
  for (let amount = 100; amount < 310; amount += 1) {
    last = await operator.updateDefinition({ key, defaultConfig: { ...STEADY_MAKER.defaultConfig, orderAmount: amount } });
  }
  await page.goto(`${baseUrl}/events?open=${last.position}`);
  const card = page.getByRole('region', { name: `Event ${last.position}` });
  await card.getByRole('button', { name: 'Compare with the event before it in the stream' }).click();
  await sees(card.getByText(/orderAmount.*308.*309/).first());
}

/** From an order's event to the tick that caused it, and to everything of the same undertaking. */
async function followsCauses(page, { baseUrl }, shot) {
  await page.goto(`${baseUrl}/events`);
  await typeField(page).fill('OrderAcknowledged');
  await page.getByRole('button', { name: 'Apply' }).click();
  await row(page, 'OrderAcknowledged').first().getByRole('button', { name: /^Open event/ }).click();
  const card = page.getByRole('region', { name: /^Event \d+$/ });
  const cause = card.getByRole('link', { name: /^#\d+ / });
  await sees(cause);
  const position = (await cause.innerText()).match(/^#(\d+)/)[1];
  await shot(page, 'cause');
  await cause.click();
  await sees(page.getByRole('region', { name: `Event ${position}` }));
  await page.getByRole('region', { name: `Event ${position}` }).getByRole('link', { name: 'Show these events' }).click();
  await sees(row(page, 'OrderAcknowledged').first());
  assert.ok(new URL(page.url()).searchParams.has('causation'));
  await page.getByRole('region', { name: `Event ${position}` }).getByRole('link', { name: /^[0-9a-f-]{36}$/ }).first().click();
  await until('the address names the undertaking', () => new URL(page.url()).searchParams.has('correlation'));
  await sees(row(page, position).first());
}

async function exports(page, server, shot) {
  await page.goto(`${server.baseUrl}/events`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export NDJSON' }).click()]);
  const file = await readFile(await download.path(), 'utf8');
  const lines = file.split('\n').slice(0, -1);
  assert.ok(lines.length > 12, `${lines.length} events`);
  assert.deepEqual(lines.map((line) => JSON.parse(line).position), lines.map((_line, index) => String(index + 1)));
  assert.equal(file, await server.log('--limit', String(lines.length)), 'the file is the log, byte for byte');
  await sees(page.getByText(`${lines.length} events exported`));
  assert.equal(await page.locator('[data-digest]').innerText(), createHash('sha256').update(file).digest('hex'));
  await shot(page, 'exported');
  await exportsIntoAFile(page, server);
  await exportsWhatFits(page, server);
}

/** Into the file somebody chose, a page at a time; called off, nothing remains of it. */
async function exportsIntoAFile(page, server) {
  await page.evaluate(() => {
    window.showSaveFilePicker = async ({ suggestedName }) => (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
  });
  const written = () =>
    page.evaluate(async () => (await (await (await navigator.storage.getDirectory()).getFileHandle('events.ndjson')).getFile()).text());
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('query ExportEvents')) return route.fallback();
    await sees(page.getByRole('button', { name: 'Cancel' }));
    await page.getByRole('button', { name: 'Cancel' }).click();
    return route.fallback();
  });
  await page.getByRole('button', { name: 'Export NDJSON' }).click();
  await sees(page.getByText('The export was cancelled; no file was written.'));
  assert.equal(await written(), '');
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByRole('button', { name: 'Export NDJSON' }).click();
  await sees(page.locator('[data-digest]'));
  const text = await written();
  assert.equal(text, await server.log('--limit', String(text.split('\n').length - 1)));
  await page.evaluate(() => delete window.showSaveFilePicker);
}

async function exportsWhatFits(page, server) {
  await page.getByLabel('Stream type').selectOption('strategy_instance');
  await page.getByLabel('Stream id').fill(keyOf('ana'));
  await page.getByRole('button', { name: 'Apply' }).click();
  await seesNoMore(row(page, 'OrderIntended').first());
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export NDJSON' }).click()]);
  assert.equal(await readFile(await download.path(), 'utf8'), await server.log('--stream', `strategy_instance/${keyOf('ana')}`));
}
