// Other values for a run that goes on: why there are none to change, a refusal at its field, somebody who was faster, and what it led to.
import assert from 'node:assert/strict';
import { WIDE } from '../browser.mjs';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { notice, row, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';

const DEFINITION = 'pure-market-making';
/** The version that says of every field whether it may change. */
const DESCRIBED = '1.100.0';
const KEY = 'ana-desk-pureMarketMaking';
const CONFIG = { pair: 'WLD/USDT', orderAmount: 5, orderRefreshTime: 5000, bidSpread: 0.002, askSpread: 0.002 };
const PHONE = { width: 360, height: 780 };

export const store = { demo: true };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.start({ definitionKey: DEFINITION, userId: 'ana', clientId: 'desk', config: CONFIG });
  await signIn(page, server);
  await page.goto(`${server.baseUrl}/instances/${KEY}`);
  await learnsWhyNothingMayChange(page, shot);
  await quotesAt(operator, 0.002);
  const inspector = new Inspector(page, shot);
  await opensTheForm(page, inspector);
  await isRefusedAtTheField(page, inspector);
  await sendsOnlyWhatItSees(page);
  await wasNotTheOnlyOne(page, operator, shot);
  await quotesAt(operator, 0.004);
  await seesWhatTheRunWasGiven(page, shot, inspector);
  await losesNothingWhenItIsStopped(page, server, operator, inspector);
  await cannotChangeThePastNorWhatStopped(page, server, operator);
  inspector.conclude();
}

const action = (page) => page.getByRole('button', { name: 'Change while it runs' }).first();
const changeDialog = (page) => page.getByRole('dialog', { name: `Change ${KEY} while it runs` });
const field = (page, name) => changeDialog(page).locator(`[data-pointer="${name}"]`);
const summary = (page) => changeDialog(page).locator('section').filter({ hasText: 'What will change' });
const submit = (page) => changeDialog(page).getByRole('button', { name: 'Change it' });

async function learnsWhyNothingMayChange(page, shot) {
  await action(page).click();
  await sees(changeDialog(page).getByText('Version 1.0.0 does not say of any field that it may change'));
  await shot(page, 'nothing-may-change');
  await changeDialog(page).getByRole('button', { name: 'Start again on another version' }).click();
  const dialog = page.getByRole('dialog', { name: `Start ${KEY} on another version` });
  await dialog.getByLabel('Version').selectOption(DESCRIBED);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('To tune it while it runs');
  await dialog.getByRole('button', { name: 'Start again', exact: true }).click();
  await sees(notice(page, new RegExp(`${KEY} started again: confirmed by InstanceRestarted`)));
  await sees(page.getByText(`${DEFINITION}@${DESCRIBED}`));
}

/** Every buy that stands does so at this distance from what was decided on. */
async function quotesAt(operator, spread) {
  const query = `{ execution(instanceKey: "${KEY}", run: 2) { orders(first: 50) { nodes { side state price referencePrice } } } }`;
  await until(`every buy is ${spread} away`, async () => {
    const { execution } = await operator.ask(query);
    const buys = execution?.orders.nodes.filter(({ side, state }) => side === 'BUY' && state === 'OPEN') ?? [];
    const away = ({ price, referencePrice }) => Math.abs(1 - price / referencePrice - spread) < spread / 4;
    return buys.length > 0 && buys.every(away);
  });
}

async function opensTheForm(page, inspector) {
  await action(page).focus();
  await page.keyboard.press('Enter');
  const dialog = changeDialog(page);
  await sees(dialog.getByText('Nothing yet.'));
  await until('the focus is in the dialog', () => dialog.evaluate((element) => element.contains(document.activeElement)));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await until('the focus is back on the action', () => action(page).evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await sees(dialog.getByText('Nothing yet.'));
  assert.equal(await submit(page).isDisabled(), true, 'there is nothing to send yet');
  await sees(field(page, 'bidSpread').getByText('in fraction of the price'));
  await sees(field(page, 'bidSpread').getByText('as it runs'));
  await sees(field(page, 'bidSpread').getByText('default 0.1'));
  await inspector.look('form');
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await field(page, 'pair').count(), 0, 'what may not change is no field');
  await dialog.getByText(/^\d+ fields keep their values while it runs$/).click();
  await sees(row(dialog, 'Pair').getByText('"WLD/USDT"'));
  const again = dialog.getByRole('link', { name: 'Start again with other values instead' });
  assert.equal(await again.getAttribute('href'), `/instances/new?again=${KEY}`);
}

async function isRefusedAtTheField(page, inspector) {
  const dialog = changeDialog(page);
  await field(page, 'bidSpread').getByRole('textbox').fill('0.004');
  await field(page, 'movingPriceBandEnabled').getByRole('checkbox').check();
  await field(page, 'priceCeilingPct').getByRole('textbox').fill('1');
  await field(page, 'priceFloorPct').getByRole('textbox').fill('2');
  await submit(page).click();
  await sees(dialog.locator('.mantine-Textarea-error'));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Wider bids');
  await submit(page).click();
  await sees(field(page, 'priceCeilingPct').getByText('Config field priceCeilingPct must be >= priceFloorPct'));
  await sees(dialog.getByRole('alert').filter({ hasText: 'Nothing was changed' }).getByText('priceCeilingPct'));
  await inspector.look('refused-below');
  await dialog.getByRole('textbox', { name: 'Find a field' }).fill('bid spread');
  await seesNoMore(field(page, 'priceCeilingPct'));
  await dialog.getByRole('link', { name: /priceCeilingPct/ }).click();
  const control = field(page, 'priceCeilingPct').getByRole('textbox');
  await until('the link leads to the field', () => control.evaluate((element) => element === document.activeElement));
  assert.equal(await control.getAttribute('aria-invalid'), 'true');
  await inspector.look('refused');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PHONE);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, 'the dialog fits a phone');
  await inspector.look('refused-360');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WIDE);
  for (const name of ['movingPriceBandEnabled', 'priceCeilingPct', 'priceFloorPct']) {
    await field(page, name).getByRole('button', { name: `remove ${name}` }).click();
    await sees(field(page, name).getByText('not set').first());
  }
}

async function sendsOnlyWhatItSees(page) {
  await until('the change is summed up', async () => (await summary(page).getByRole('listitem').allInnerTexts()).join() === 'Bid spread: 0.002 → 0.004 (in fraction of the price)');
  await changeDialog(page).getByRole('button', { name: 'Copy as GraphQL' }).click();
  await sees(changeDialog(page).getByLabel('The request').getByText(/"config": \{\s+"bidSpread": 0\.004\s+\}/));
}

async function wasNotTheOnlyOne(page, operator, shot) {
  const change = `mutation { reconfigureInstance(input: { key: "${KEY}", config: { askSpread: 0.003 }, reason: "Wider asks" }) { userErrors { message } } }`;
  assert.deepEqual((await operator.ask(change)).reconfigureInstance.userErrors, []);
  const dialog = changeDialog(page);
  const meanwhile = dialog.getByRole('alert').filter({ hasText: 'Something changed since you opened this' });
  await sees(meanwhile.getByText('askSpread: 0.002 → 0.003'));
  await submit(page).click();
  await sees(dialog.getByRole('alert').getByText(/changed this while you were editing: InstanceReconfigured/));
  await shot(page, 'conflict');
  await dialog.getByRole('button', { name: 'Keep mine, on top of the latest' }).click();
  await seesNoMore(meanwhile);
  await until('the other change is what runs', async () => (await field(page, 'askSpread').getByRole('textbox').inputValue()) === '0.003');
  assert.equal(await field(page, 'bidSpread').getByRole('textbox').inputValue(), '0.004');
  await submit(page).click();
  await sees(notice(page, new RegExp(`${KEY} changed: confirmed by InstanceReconfigured at position \\d+`)));
  await dialog.waitFor({ state: 'detached' });
}

async function seesWhatTheRunWasGiven(page, shot, inspector) {
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await sees(page.getByRole('listitem').filter({ hasText: 'changed bidSpread of run 2' }).getByText('“Wider bids”'));
  await inspector.look('timeline');
  await page.getByRole('tab', { name: 'Config' }).click();
  await sees(row(page, 'bidSpread').getByText('0.004'));
  await sees(row(page, 'bidSpread').getByText('may change'));
  await sees(row(page, 'exchangeName').getByText('stays'));
  await inspector.look('config');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('button', { name: 'Show what run 1 came to' }).click();
  await sees(page.getByRole('region', { name: 'Run 1: what its trades came to' }));
  const changes = page.getByRole('region', { name: 'Run 2: changes while it ran' });
  const mine = changes.getByRole('listitem').filter({ hasText: '“Wider bids”' });
  await sees(changes.getByRole('listitem').filter({ hasText: '“Wider asks”' }));
  await mine.getByText('Before and after').click();
  await sees(mine.getByText('bidSpread: 0.002 → 0.004'));
  await inspector.look('runs');
  await page.emulateMedia({ colorScheme: 'light' });
  await mine.getByRole('link', { name: /^Open event/ }).click();
  await sees(page.getByText('changed bidSpread of run 2').first());
  await sees(page.getByText('bidSpread: 0.002 → 0.004'));
  await shot(page, 'event');
}

/** Whoever stops it meanwhile takes the run, not what was typed. */
async function losesNothingWhenItIsStopped(page, { baseUrl }, operator, inspector) {
  await page.goto(`${baseUrl}/instances/${KEY}`);
  await action(page).click();
  await field(page, 'bidSpread').getByRole('textbox').fill('0.0070');
  await changeDialog(page).getByRole('textbox', { name: 'Reason' }).fill('Wider still');
  await operator.stop({ key: KEY, reason: 'Enough for today' });
  const ended = changeDialog(page).getByRole('alert').filter({ hasText: 'It no longer runs' });
  await sees(ended);
  assert.equal(await field(page, 'bidSpread').getByRole('textbox').inputValue(), '0.0070');
  assert.equal(await changeDialog(page).getByRole('textbox', { name: 'Reason' }).inputValue(), 'Wider still');
  assert.equal(await submit(page).isDisabled(), true, 'nothing runs that could change');
  await inspector.look('stopped-meanwhile');
  await page.emulateMedia({ colorScheme: 'light' });
  await ended.getByRole('link', { name: 'Start it again with these changes' }).click();
  await sees(page.getByRole('heading', { level: 1, name: `Start ${KEY} again` }));
  await until('the form begins with them', async () => (await page.locator('[data-pointer="bidSpread"]').getByRole('textbox').inputValue()) === '0.0070');
  await operator.ask(`mutation { restartInstance(input: { key: "${KEY}" }) { userErrors { message } } }`);
}

async function cannotChangeThePastNorWhatStopped(page, { baseUrl }, operator) {
  const { instance } = await operator.ask(`{ instance(key: "${KEY}") { lastPosition } }`);
  await page.goto(`${baseUrl}/instances/${KEY}?asOf=${instance.lastPosition}`);
  await sees(page.getByText(/You are looking at position/));
  assert.equal(await action(page).getAttribute('aria-disabled'), 'true', 'the past cannot be changed');
  await operator.stop({ key: KEY, reason: 'Done' });
  await page.goto(`${baseUrl}/instances/${KEY}`);
  await sees(page.getByRole('button', { name: 'Start again with this config' }));
  assert.equal(await action(page).count(), 0, 'nothing runs that could change');
}
