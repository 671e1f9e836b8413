// An instance from a form full of mistakes to the end of its second run: validate, start, watch, stop, start again.
import assert from 'node:assert/strict';
import { jsonIn, writeJson } from '../editor.mjs';
import { Operator } from '../operator.mjs';
import { heading, notice, row, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const CAREFUL = '0.10000000000000000001';
const KEY = keyOf('ana');

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await signIn(page, server);
  await page.getByRole('link', { name: 'Instances', exact: true }).first().click();
  await page.getByRole('button', { name: 'Start an instance' }).click();
  await sees(heading(page, 'Start an instance'));
  await page.getByLabel('Definition', { exact: true }).selectOption(STEADY_MAKER.key);
  await seesEveryErrorAtItsField(page, shot);
  await seesWhereEachValueComesFrom(page);
  await losesNoDigitBetweenFormAndJson(page);
  await losesNothingUnasked(page);
  await looksAtTheMergedConfigAndStarts(page, shot);
  await watchesItQuote(page, shot);
  await stops(page, shot);
  await startsAgain(page);
  await operator.start(quoting('ben'));
  await stopsBoth(page, shot);
}

const field = (page, name) => page.getByRole('textbox', { name });

async function seesEveryErrorAtItsField(page, shot) {
  await field(page, 'Bid spread').fill('-0.1');
  await field(page, 'Order amount').fill('0');
  await field(page, 'Refresh every').fill('12.5');
  await field(page, 'Pair').fill('wld-usdt');
  await page.getByRole('button', { name: 'Validate' }).click();
  await sees(page.getByText('It cannot be started like this.'));
  const summary = page.getByRole('alert').filter({ hasText: /\d things need your attention/ });
  for (const [name, pointer, mistake] of [
    ['Bid spread', 'bidSpread', 'must be at least 0'],
    ['Order amount', 'orderAmount', 'must be greater than 0'],
    ['Refresh every', 'orderRefreshTime', 'must be integer'],
    ['Pair', 'pair', 'must match ^[A-Z]+/[A-Z]+$'],
  ]) {
    const said = page.locator(`[data-pointer="${pointer}"]`).getByText(mistake);
    await sees(said);
    assert.equal(await said.evaluate((element) => getComputedStyle(element).color), await colourOfErrors(page));
    assert.equal(await field(page, name).getAttribute('aria-invalid'), 'true', name);
    await summary.getByRole('link', { name: new RegExp(`^${pointer}: `) }).first().click();
    await until(`the link leads to ${name}`, () => field(page, name).evaluate((control) => control === document.activeElement));
  }
  for (const name of ['User id', 'Client id']) assert.equal(await field(page, name).getAttribute('aria-invalid'), 'true', name);
  await shot(page, 'errors');
  assert.equal(await page.getByRole('button', { name: 'Start', exact: true }).isDisabled(), true);
}

const colourOfErrors = (page) => page.locator('.mantine-TextInput-error').filter({ hasText: 'userId is required' }).evaluate((element) => getComputedStyle(element).color);

async function seesWhereEachValueComesFrom(page) {
  const spread = page.locator('[data-pointer="bidSpread"]');
  await sees(spread.getByText('override', { exact: true }));
  await sees(page.locator('[data-pointer="askSpread"]').getByText('default of 1.0.0'));
  await spread.getByRole('button', { name: 'reset to 0.002' }).click();
  await sees(spread.getByText('default of 1.0.0'));
  assert.equal(await field(page, 'Bid spread').inputValue(), '0.002');
  await seesNoMore(spread.getByText('must be at least 0'));
  await page.locator('[data-pointer="orderRefreshTime"]').getByRole('button', { name: 'reset to 1000' }).click();
  await page.locator('[data-pointer="pair"]').getByRole('button', { name: /^reset to/ }).click();
  await field(page, 'Order amount').fill('1.50');
  // Whom it trades for is still missing
  await sees(page.getByText('2 things need your attention'));
  await page.getByRole('link', { name: 'userId is required' }).click();
  await until('the link leads to User id', () => field(page, 'User id').evaluate((control) => control === document.activeElement));
  await field(page, 'User id').fill('ana');
  await field(page, 'Client id').fill('desk');
  await seesNoMore(page.getByText(/things? needs? your attention/));
}

/** Neither by a link nor by another definition. */
async function losesNothingUnasked(page) {
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await page.getByRole('link', { name: 'Events', exact: true }).first().click();
  await dialog.getByRole('button', { name: 'Stay here' }).click();
  await seesNoMore(dialog);
  await page.getByLabel('Definition', { exact: true }).selectOption('volume');
  await dialog.getByRole('button', { name: 'Stay here' }).click();
  await seesNoMore(dialog);
  assert.equal(await field(page, 'User id').inputValue(), 'ana');
  assert.equal(await page.getByLabel('Definition', { exact: true }).inputValue(), STEADY_MAKER.key);
}

async function losesNoDigitBetweenFormAndJson(page) {
  await page.getByRole('tab', { name: 'JSON' }).click();
  assert.match(await jsonIn(page, 'Configuration'), /"orderAmount": 1\.50\b/);
  await writeJson(page, 'Configuration', `{ "orderAmount": 1.50, "askSpread": ${CAREFUL} }`);
  await page.getByRole('tab', { name: 'Form' }).click();
  assert.equal(await field(page, 'Ask spread').inputValue(), CAREFUL);
  assert.equal(await field(page, 'Order amount').inputValue(), '1.50');
  await field(page, 'Bid spread').fill('0.0010');
  await page.getByRole('tab', { name: 'JSON' }).click();
  const json = await jsonIn(page, 'Configuration');
  for (const written of ['"orderAmount": 1.50', `"askSpread": ${CAREFUL}`, '"bidSpread": 0.0010']) assert.ok(json.includes(written), json);
  await page.getByRole('tab', { name: 'Form' }).click();
}

async function looksAtTheMergedConfigAndStarts(page, shot) {
  await page.getByRole('button', { name: 'Validate' }).click();
  await sees(page.getByText('This will run exactly as shown.'));
  const merged = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Effective configuration/ }) });
  for (const [name, value, source] of [
    ['askSpread', CAREFUL, 'override'],
    ['bidSpread', '0.0010', 'override'],
    ['orderAmount', '1.50', 'override'],
    ['orderRefreshTime', '1000', 'default'],
    ['userId', '"ana"', 'server'],
  ]) {
    const cells = await row(merged, name).first().getByRole('cell').allInnerTexts();
    assert.deepEqual(cells.slice(0, 3).map((cell) => cell.trim()), [name, value, source]);
  }
  await page.getByLabel('Reason').fill('A calm afternoon');
  await shot(page, 'validated');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await sees(heading(page, KEY));
  await sees(notice(page, new RegExp(`${KEY} started: confirmed by InstanceStarted at position \\d+`)));
  await sees(page.getByText('paper', { exact: true }).first());
}

async function watchesItQuote(page, shot) {
  await page.getByRole('tab', { name: 'Quotes and fills' }).click();
  const orders = page.getByRole('table', { name: 'Orders' });
  const decided = async () => Number(await orders.getAttribute('aria-rowcount')) - 1;
  await sees(orders);
  const first = await decided();
  // Nobody touches the page: its quotes come by themselves
  await until('more orders appear', async () => (await decided()) >= first + 4);
  await sees(orders.getByText('open', { exact: true }).first());
  const chart = page.getByRole('figure', { name: 'Quotes and fills over time' });
  await until('quotes are drawn', async () => (await chart.locator('canvas').evaluate(colours)) >= 2);
  await shot(page, 'quoting');
  await page.emulateMedia({ colorScheme: 'dark' });
  await until('quotes are drawn in the dark', async () => (await chart.locator('canvas').evaluate(colours)) >= 2);
  await shot(page, 'quoting-dark');
  await page.emulateMedia({ colorScheme: 'light' });
}

/** How many clearly different colours a chart is drawn in: an empty one has the grey of its grid. */
function colours(canvas) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue, alpha] = data.subarray(at, at + 4);
    if (alpha < 200 || Math.max(red, green, blue) - Math.min(red, green, blue) < 60) continue;
    seen.add(red >= green && red >= blue ? 'red' : green >= blue ? 'green' : 'blue');
  }
  return seen.size;
}

async function stops(page, shot) {
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Stop ${KEY}` });
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await sees(dialog.locator('.mantine-Textarea-error'));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Done for today');
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await sees(notice(page, new RegExp(`${KEY} stopped: confirmed by InstanceStopped at position \\d+`)));
  await sees(page.getByText('Observed: stopped'));
  await page.getByRole('tab', { name: 'Events' }).click();
  await sees(page.getByText('“Done for today”').first());
  await shot(page, 'stopped');
}

/** Nobody has to scroll sideways to it. */
async function isInView(page, locator) {
  const { x, width } = await locator.boundingBox();
  assert.ok(x + width <= page.viewportSize().width, await locator.innerText());
}

/** What it quoted then stays within reach, under an address of its own. */
async function looksAtItsFirstRun(page) {
  await page.getByRole('link', { name: 'Quotes and fills of run 1' }).click();
  const run = page.getByLabel('Run', { exact: true });
  await until('its first run is shown', async () => (await run.inputValue()) === '1');
  assert.equal(new URL(page.url()).searchParams.get('run'), '1');
  await sees(page.getByRole('table', { name: 'Orders' }));
  assert.equal(await page.getByRole('table', { name: 'Orders' }).getByText('open', { exact: true }).count(), 0, 'all of its orders have ended');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  assert.equal(await run.inputValue(), '1');
  await sees(page.getByText('“Done for today”'));
  await run.selectOption({ label: '2, the latest' });
  await seesNoMore(page.getByText('“Done for today”'));
}

async function startsAgain(page) {
  await page.getByRole('button', { name: 'Start again with this config' }).click();
  const dialog = page.getByRole('dialog', { name: `Start ${KEY} again` });
  await dialog.getByRole('button', { name: 'Start again', exact: true }).click();
  await sees(notice(page, new RegExp(`${KEY} started again: confirmed by InstanceRestarted`)));
  await sees(page.getByText('Observed: running'));
  await page.getByRole('tab', { name: 'Runs' }).click();
  await sees(row(page, 'Done for today'));
  await sees(row(page, 'still running'));
  for (const name of ['Show what run 1 came to', 'Start with this config']) await isInView(page, page.getByRole('button', { name }).last());
  await looksAtItsFirstRun(page);
  await page.getByRole('tab', { name: 'Config' }).click();
  await sees(row(page, 'askSpread').getByText(CAREFUL));
}

async function stopsBoth(page, shot) {
  await page.getByRole('link', { name: 'Instances', exact: true }).first().click();
  await page.getByRole('checkbox', { name: 'Select all that are loaded: 2 rows' }).check();
  for (const key of [KEY, keyOf('ben')]) assert.ok(await page.getByRole('checkbox', { name: `Select ${key}` }).isChecked());
  await page.getByRole('button', { name: 'Stop 2 instances' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop 2 instances' });
  const stop = dialog.getByRole('button', { name: 'Stop 2 instances' });
  await sees(dialog.getByText(keyOf('ben')));
  assert.equal(await stop.isDisabled(), true, 'the count must be typed first');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Closing the desk');
  await dialog.getByRole('textbox', { name: 'Type 2 to confirm' }).fill('2');
  await shot(page, 'stop-both');
  await stop.click();
  await sees(notice(page, /2 of 2 stopped: confirmed by InstanceStopped/));
  for (const key of [KEY, keyOf('ben')]) await until(`${key} has stopped`, async () => (await row(page, key).getByText('stopped', { exact: true }).count()) === 2);
  await until('both are counted', async () => (await page.locator('[data-count="STOPPED"]').innerText()) === '2');
  await shot(page, 'both-stopped');
}
