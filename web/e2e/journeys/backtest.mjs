// A configuration on recorded data before it runs: a mistake at its field, the report, a long one cancelled, and from draft and start form.
import assert from 'node:assert/strict';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { heading, notice, row, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER } from '../steady-maker.mjs';

const { key } = STEADY_MAKER;
const TITLE = `Try ${key} on recorded data`;
const NARROW = { width: 360, height: 740 };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await signIn(page, server);
  const before = await eventCount(operator);
  const inspector = new Inspector(page, shot);
  await page.goto(`${server.baseUrl}/definitions/${key}`);
  await page.getByRole('link', { name: 'Try on recorded data' }).click();
  await sees(heading(page, TITLE));
  await isRefusedAtTheField(page, inspector);
  await readsTheReport(page, inspector);
  await findsItAgain(page, operator);
  await fitsAPhone(page, shot);
  await stopsALongOne(page, inspector);
  assert.equal(await eventCount(operator), before, 'nothing was recorded');
  await triesWhatItIsAboutToStart(page, server);
  await triesTheDraftBeforePublishing(page, server);
  inspector.conclude();
}

const eventCount = async (operator) => (await operator.ask('{ readPosition { head } }')).readPosition.head;
const field = (page, name) => page.getByRole('textbox', { name });
const tryIt = (page) => page.getByRole('button', { name: 'Try it', exact: true }).click();
const result = (page) => page.getByRole('region', { name: 'What it came to' });
const figure = (page, name) => result(page).getByRole('figure', { name });

async function isRefusedAtTheField(page, inspector) {
  await sees(page.getByText(/^SIMULATED/).first());
  await field(page, 'Bid spread').fill('-0.1');
  await page.getByLabel('From (UTC)', { exact: true }).selectOption({ index: 89 });
  await page.getByLabel('For', { exact: true }).selectOption('7 days');
  await tryIt(page);
  await sees(page.locator('[data-pointer="bidSpread"]').getByText('must be at least 0'));
  await sees(page.getByText('The data ends 86400 seconds after that'));
  assert.equal(await page.getByLabel('For', { exact: true }).getAttribute('aria-invalid'), 'true');
  assert.equal(await result(page).count(), 0, 'nothing was tried');
  await inspector.look('refused');
}

async function readsTheReport(page, inspector) {
  await field(page, 'Bid spread').fill('0.0005');
  await field(page, 'Ask spread').fill('0.0005');
  await field(page, 'Refresh every').fill('10000');
  await page.getByLabel('From (UTC)', { exact: true }).selectOption({ index: 0 });
  await page.getByLabel('For', { exact: true }).selectOption('1 hour');
  await page.getByLabel('Looks every').selectOption('60 s');
  await tryIt(page);
  await sees(result(page).getByRole('heading', { name: 'What it came to' }));
  await sees(result(page).getByText(/^SIMULATED/));
  await sees(result(page).getByRole('heading', { name: 'Profit after fees' }).first());
  for (const name of ['Price and trades', 'Inventory', 'Profit after fees']) await sees(figure(page, name).locator('canvas'));
  await sees(result(page).getByRole('heading', { name: 'Why ticks left something out' }));
  const trades = result(page).getByRole('table', { name: 'Trades' });
  assert.ok(Number(await trades.getAttribute('aria-rowcount')) > 1, 'it traded');
  await result(page).getByText('The configuration that ran').click();
  await sees(row(result(page), 'bidSpread').getByText('0.0005'));
  await inspector.look('report');
  await page.emulateMedia({ colorScheme: 'light' });
}

/** The figures on screen are the server's, and the address keeps them and what was asked. */
async function findsItAgain(page, operator) {
  const id = new URL(page.url()).searchParams.get('id');
  const { backtest } = await operator.ask(`{ backtest(id: "${id}") { report { profit volume } } }`);
  await page.reload();
  await sees(result(page).getByTitle(backtest.report.profit).first());
  await sees(result(page).getByTitle(backtest.report.volume));
  assert.equal(await field(page, 'Bid spread').inputValue(), '0.0005');
  assert.equal(await page.getByLabel('For', { exact: true }).inputValue(), '3600');
}

async function fitsAPhone(page, shot) {
  const { width, height } = page.viewportSize();
  await page.setViewportSize(NARROW);
  for (const name of ['Price and trades', 'Inventory', 'Profit after fees']) await sees(figure(page, name).locator('canvas'));
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= NARROW.width, 'the report fits a phone');
  await shot(page, 'report-narrow');
  await page.setViewportSize({ width, height });
}

async function stopsALongOne(page, inspector) {
  await page.getByLabel('For', { exact: true }).selectOption('7 days');
  await page.getByLabel('Looks every').selectOption('10 s');
  await tryIt(page);
  const progress = result(page).getByRole('progressbar', { name: 'How far the backtest is' });
  await sees(result(page).getByRole('heading', { name: 'Trying it' }));
  assert.equal(await progress.count(), 1);
  assert.ok(await page.getByRole('button', { name: 'Try it', exact: true }).isDisabled(), 'one at a time');
  await inspector.look('running');
  await page.emulateMedia({ colorScheme: 'light' });
  await result(page).getByRole('button', { name: 'Stop trying' }).click();
  await sees(result(page).getByText('It was stopped before its end.'));
  await seesNoMore(result(page).getByRole('heading', { name: 'Trying it' }));
}

async function triesWhatItIsAboutToStart(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances/new?definition=${key}`);
  await field(page, 'Ask spread').fill('0.0030');
  await page.getByRole('link', { name: 'Try this config first' }).click();
  await sees(heading(page, TITLE));
  assert.equal(await field(page, 'Ask spread').inputValue(), '0.0030');
  await page.getByRole('link', { name: 'Start an instance with this config' }).click();
  await sees(heading(page, 'Start an instance'));
  assert.equal(await field(page, 'Ask spread').inputValue(), '0.0030');
}

async function triesTheDraftBeforePublishing(page, { baseUrl }) {
  await page.goto(`${baseUrl}/definitions/${key}/edit`);
  await field(page, 'Name').fill('Steadier maker');
  await page.getByRole('button', { name: 'Save the draft and try it' }).click();
  await sees(notice(page, new RegExp(`Draft of ${key} saved`)));
  await sees(heading(page, TITLE));
  const tried = page.getByLabel('What is tried');
  await until('the draft is what is tried', async () => (await tried.locator('option:checked').innerText()).startsWith('Draft'));
  await tried.selectOption('1.0.0');
  await until('the address says which version', () => new URL(page.url()).searchParams.get('version') === '1.0.0');
}
