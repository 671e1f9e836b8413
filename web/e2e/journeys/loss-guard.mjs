// A loss guard: set on an instance, it trips by itself, takes the orders off and says so everywhere, until somebody resets it.
import assert from 'node:assert/strict';
import { WIDE } from '../browser.mjs';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { heading, notice, row, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf } from '../steady-maker.mjs';

/** Buys every second at what the market asks: each trade costs its fee, so the profit only falls. */
const LOSES = { priceSourceType: 'best_ask', bidSpread: 0, askSpread: 0.4, postOnly: false };
const KEY = keyOf('ana');
const GUARD = 'ana-desk-puremarketmaking';
/** Some of its trades, so that it quotes for a while before the guard trips again. */
const FALL = '0.04';
const PHONE = { width: 360, height: 780 };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  await nothingIsGuarded(page, inspector);
  await somebodyWasFaster(page, operator, inspector);
  await operator.start({ definitionKey: STEADY_MAKER.key, userId: 'ana', clientId: 'desk', config: LOSES });
  await isRefusedAtItsFields(page, server, inspector);
  await guardsTheInstance(page, shot);
  await tripsByItself(page, operator, inspector);
  await looksAtTheGuards(page, inspector, shot);
  await resets(page, operator, inspector);
  await canBeRemoved(page, server, operator, inspector);
  inspector.conclude();
}

const dialog = (page, name) => page.getByRole('dialog', { name });
const open = (page) => page.getByRole('table', { name: 'Orders' }).getByText('open', { exact: true });
const banner = (page) => page.getByRole('alert').filter({ hasText: `Guard ${GUARD} has tripped` });
const field = (within, name) => within.getByRole('textbox', { name, exact: true });

async function nothingIsGuarded(page, inspector) {
  await page.getByRole('link', { name: 'Risk guards' }).click();
  await sees(page.getByText('No guard watches anything yet'));
  await inspector.look('empty');
}

/** Told in words, with what there is now beside what was typed. */
async function somebodyWasFaster(page, operator, inspector) {
  await page.getByRole('button', { name: 'Add a guard' }).click();
  const adding = dialog(page, 'Add a guard');
  await field(adding, 'Guard').fill('house');
  await adding.getByLabel('What it watches').selectOption('SYSTEM');
  await field(adding, 'Currency').fill('USDT');
  await field(adding, 'Loss').fill('100000.00000000000000000001');
  await field(adding, 'Reason').fill('More than that is never meant');
  await inspector.look('add');
  await adding.getByRole('button', { name: 'Arm it' }).click();
  await sees(notice(page, /Guard house set: confirmed by GuardSet at position \d+/));
  await sees(row(page, 'house').getByRole('meter', { name: 'Loss' }));
  await sees(row(page, 'house').getByText('0 of 100000.00000000000000000001 (0 %)'));

  await page.getByRole('button', { name: 'Change house' }).click();
  const changing = dialog(page, 'Change guard house');
  await field(changing, 'Loss').fill('5000');
  await operator.ask(`mutation { setGuard(input: { name: "house", scope: SYSTEM, currency: "USDT", loss: "70000", action: FLATTEN, reason: "Faster" }) { userErrors { message } } }`);
  await sees(row(page, 'house').getByText('loss 70000 USDT'));
  await field(changing, 'Reason').fill('It was too much');
  await changing.getByRole('button', { name: 'Change', exact: true }).click();
  await sees(changing.getByText(/changed this while you were editing: GuardSet/));
  await sees(changing.getByText('every run, loss 70000 USDT, No orders; what is held is closed'));
  await inspector.look('conflict');
  await changing.getByRole('button', { name: 'Change', exact: true }).click();
  await sees(row(page, 'house').getByText('loss 5000 USDT'));
}

async function isRefusedAtItsFields(page, { baseUrl }, inspector) {
  await page.goto(`${baseUrl}/instances/${KEY}?tab=chart`);
  await sees(open(page).first());
  await page.getByRole('button', { name: 'Guard this instance…' }).click();
  const adding = dialog(page, 'Add a guard');
  assert.equal(await field(adding, 'Guard').inputValue(), GUARD);
  assert.equal(await field(adding, 'Currency').inputValue(), 'USDT');
  await field(adding, 'Fall from the highest').fill('1,000');
  await adding.getByRole('button', { name: 'Arm it' }).click();
  await sees(adding.getByText('Give a number such as 250 or 0.5.'));
  await field(adding, 'Fall from the highest').fill('');
  await field(adding, 'Currency').fill('US dollar');
  await field(adding, 'Reason').fill('It must not lose much');
  await adding.getByRole('button', { name: 'Arm it' }).click();
  await sees(adding.locator('.mantine-TextInput-error').filter({ hasText: 'give a loss, a drawdown, or both' }));
  await sees(adding.locator('.mantine-TextInput-error').filter({ hasText: 'must be a quote currency' }));
  await inspector.look('refused');
}

async function guardsTheInstance(page, shot) {
  const adding = dialog(page, 'Add a guard');
  await field(adding, 'Currency').fill('USDT');
  await field(adding, 'Fall from the highest').fill(FALL);
  await page.setViewportSize(PHONE);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, 'the dialog fits a phone');
  await shot(page, 'set-phone');
  await page.setViewportSize(WIDE);
  await adding.getByRole('button', { name: 'Arm it' }).click();
  await sees(notice(page, new RegExp(`Guard ${GUARD} set: confirmed by GuardSet at position \\d+`)));
}

async function tripsByItself(page, operator, inspector) {
  await sees(banner(page).getByText(`holds ${KEY}: No orders; what is held stays`));
  await sees(page.getByText(`Guard ${GUARD} holds this instance`));
  await until('no order is open', async () => (await open(page).count()) === 0);
  const { guards } = await operator.ask('{ guards { guards { name trip { limit profit } } } }');
  const { trip } = guards.guards.find(({ name }) => name === GUARD);
  assert.equal(trip.limit, 'DRAWDOWN');
  assert.ok(Number(trip.profit) <= -Number(FALL), `it tripped at a profit of ${trip.profit}`);
  await inspector.look('held');
}

async function looksAtTheGuards(page, inspector, shot) {
  await banner(page).getByRole('link', { name: 'Show the guards' }).click();
  await sees(heading(page, 'Risk guards'));
  const tripped = row(page, KEY);
  await sees(tripped.getByText('TRIPPED'));
  await sees(tripped.getByText(`Fell ${FALL} USDT from the highest`));
  assert.equal(await page.getByRole('rowheader').first().innerText(), GUARD, 'what tripped comes first');
  await inspector.look('tripped');
  await page.setViewportSize(PHONE);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, 'the page fits a phone');
  await shot(page, 'tripped-phone');
  await page.setViewportSize(WIDE);
  await tripped.getByRole('link', { name: /^by event #/ }).click();
  await sees(heading(page, 'Events'));
  await page.goBack();
}

async function resets(page, operator, inspector) {
  await page.getByRole('button', { name: `Reset ${GUARD}` }).click();
  const resetting = dialog(page, `Reset guard ${GUARD}`);
  await resetting.getByRole('button', { name: 'Reset', exact: true }).click();
  await sees(resetting.locator('.mantine-Textarea-error'));
  await inspector.look('reset');
  await field(resetting, 'Reason').fill('The fees were expected');
  await resetting.getByRole('button', { name: 'Reset', exact: true }).click();
  await sees(notice(page, new RegExp(`Guard ${GUARD} reset: confirmed by GuardReset at position \\d+`)));
  await seesNoMore(banner(page));
  const reset = await operator.ask('{ events(filter: { type: ["GuardReset"] }, order: NEWEST_FIRST, first: 1) { nodes { position } } }');
  const since = Number(reset.events.nodes[0].position);
  await until('it quotes again', async () => {
    const { execution } = await operator.ask(`{ execution(instanceKey: "${KEY}", run: 1) { orders(first: 200) { nodes { position } } } }`);
    return execution.orders.nodes.some(({ position }) => Number(position) > since);
  });
}

async function canBeRemoved(page, { baseUrl }, operator, inspector) {
  await operator.stop({ key: KEY, reason: 'Enough was lost' });
  await page.goto(`${baseUrl}/guards`);
  await page.getByRole('button', { name: 'Remove house' }).click();
  const removing = dialog(page, 'Remove guard house');
  await field(removing, 'Reason').fill('It guards nothing any more');
  await inspector.look('remove');
  await removing.getByRole('button', { name: 'Remove', exact: true }).click();
  await sees(notice(page, /Guard house removed: confirmed by GuardRemoved at position \d+/));
  await seesNoMore(row(page, 'house'));
}
