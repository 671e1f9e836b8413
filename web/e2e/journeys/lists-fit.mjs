// Lists on a laptop show what matters without being scrolled sideways; on a phone the name stays beside whatever is looked at.
import assert from 'node:assert/strict';
import { Operator } from '../operator.mjs';
import { row, sees } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const LAPTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const LISTS = [
  { path: '/instances', name: 'Instances', shows: ['Instance', 'Desired', 'Observed', 'Definition', 'User', 'Client', 'Last change'] },
  { path: '/definitions', name: 'Definitions', shows: ['Key', 'Name', 'Last change', 'By'] },
  { path: '/events', name: 'Events', shows: ['Position', 'Type', 'Stream', 'Actor'] },
];

export const store = { demo: true };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await signIn(page, server);
  await page.setViewportSize(LAPTOP);
  for (const list of LISTS) await fits(page, server, list, shot);
  await showsTheRestWhenAsked(page, server);
  await page.setViewportSize(PHONE);
  await keepsTheNameInView(page, server, shot);
}

async function fits(page, { baseUrl }, { path, name, shows }, shot) {
  await page.goto(baseUrl + path);
  const table = page.getByRole('table', { name, exact: true });
  await sees(table.getByRole('row').nth(1));
  for (const header of shows) await sees(table.getByRole('columnheader', { name: header }).first());
  const [wide, room] = await scroller(page, name).evaluate((element) => [element.scrollWidth, element.clientWidth]);
  assert.ok(wide <= room, `${name}: ${wide} px of columns in ${room} px`);
  await shot(page, name.toLowerCase());
}

async function showsTheRestWhenAsked(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances`);
  const trades = page.getByRole('columnheader', { name: 'Trades' });
  await sees(page.getByRole('columnheader', { name: 'Last change' }));
  assert.equal(await trades.count(), 0, 'it has no room');
  await page.getByRole('button', { name: /^All \d+ columns$/ }).click();
  await sees(trades);
}

async function keepsTheNameInView(page, { baseUrl }, shot) {
  await page.goto(`${baseUrl}/instances`);
  const name = row(page, keyOf('ana')).getByRole('link', { name: keyOf('ana') });
  await sees(name);
  await sees(row(page, keyOf('ana')).getByText('running').first());
  await scroller(page, 'Instances').evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
  await name.scrollIntoViewIfNeeded();
  const { x } = await name.boundingBox();
  assert.ok(x >= 0 && x < PHONE.width / 2, `the name is at ${x}`);
  await shot(page, 'phone');
}

const scroller = (page, name) => page.locator('.table-scroll').filter({ has: page.getByRole('table', { name, exact: true }) });
