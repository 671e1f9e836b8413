// Addresses that others wrote: bookmarks of the original's strategies screen lead to what took its place, whether signed in
// or not; nobody is led away by signing in; and what makes no sense in an address is as if it were not there.
import assert from 'node:assert/strict';
import { NOT_SIGNED_IN } from '../complaints.mjs';
import { heading, row, sees } from '../see.mjs';
import { signInQuietly } from '../sign-in.mjs';

export async function journey({ server, page, newVisitor, complaints }) {
  const { baseUrl, password } = server;
  await complaints.expecting(NOT_SIGNED_IN, async () => {
    await page.goto(`${baseUrl}/manage/settings/strategies`);
    await page.getByLabel('Password', { exact: true }).fill(password);
  });
  await page.keyboard.press('Enter');
  await seesTheStrategies(page);
  await page.goto(`${baseUrl}/manage/settings/strategies`);
  await seesTheStrategies(page);
  for (const elsewhere of ['https://example.org/', '//example.org/', '/%5Cexample.org/']) await isNotLedAway(await newVisitor(), server, elsewhere);
  await findsPagesDespiteNonsense(await newVisitor(), server);
}

async function seesTheStrategies(page) {
  await sees(heading(page, 'Definitions'));
  for (const key of ['pure-market-making', 'arbitrage', 'volume']) await sees(row(page, key).first());
}

async function isNotLedAway(context, { baseUrl, password }, elsewhere) {
  const page = await context.newPage();
  await page.goto(`${baseUrl}/login?to=${elsewhere}`);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await sees(heading(page, 'Overview'));
  assert.equal(page.url(), `${baseUrl}/`);
  await context.close();
}

async function findsPagesDespiteNonsense(context, server) {
  await signInQuietly(context, server);
  const page = await context.newPage();
  for (const [address, name] of [
    ['/instances?status=BAD&sort=NO&user={}', 'Instances'],
    ['/definitions?sort=NO&enabled=2', 'Definitions'],
    ['/events?actor=[]&type={}&streamType=none&open=first', 'Events'],
    ['/definitions/pure-market-making?tab=nonsense', 'Pure Market Making'],
  ]) {
    await page.goto(server.baseUrl + address);
    await sees(heading(page, name));
    await sees(page.getByRole(name === 'Pure Market Making' ? 'tabpanel' : 'table').or(page.getByText('No instance yet')).first());
    assert.equal(await page.getByText('This could not be loaded').count(), 0, address);
  }
  await page.goto(`${server.baseUrl}/no/such/page`);
  await sees(page.getByRole('main').getByRole('heading', { level: 1, name: 'There is no such page' }));
  assert.equal(await page.title(), 'There is no such page · Strategos');
  await page.getByRole('navigation').getByRole('link', { name: 'Events' }).click();
  await sees(heading(page, 'Events'));
}
