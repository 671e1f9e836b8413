// A loss guard: set on an instance, it trips by itself, takes the orders off and says so everywhere, until somebody who has
// mended the instance resets it.
import assert from 'node:assert/strict';
import { WIDE } from '../browser.mjs';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { heading, notice, row, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf } from '../steady-maker.mjs';

/** Its values may be mended while it runs. */
const { configSchema } = STEADY_MAKER;
const updatable = Object.entries(configSchema.properties).map(([name, schema]) => [name, { ...schema, 'x-updatable': true }]);
const MAKER = { ...STEADY_MAKER, configSchema: { ...configSchema, properties: Object.fromEntries(updatable) } };
/** Buys every second at what the market asks, and pays the fee each time. */
const LOSES = { priceSourceType: 'best_ask', bidSpread: 0, askSpread: 0.4, postOnly: false };
const KEY = keyOf('ana');
const GUARD = 'ana-desk-puremarketmaking';
/** Less than the fee of one trade: whatever prices do, the next one trips it. */
const FALL = '0.004';
/** Quotes beside the market. */
const MENDED = { priceSourceType: 'mid_price', bidSpread: 0.01, askSpread: 0.01 };
const PHONE = { width: 360, height: 780 };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(MAKER);
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  await nothingIsGuarded(page, inspector);
  await somebodyWasFaster(page, operator, inspector);
  await operator.start({ definitionKey: MAKER.key, userId: 'ana', clientId: 'desk', config: LOSES });
  await isRefusedAtItsFields(page, server, inspector);
  await guardsTheInstance(page, shot);
  await tripsByItself(page, operator, inspector);
  await looksAtTheGuards(page, inspector, shot);
  await mendsAndResets(page, server, operator, inspector);
  await removes(page, server, inspector);
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
  await sees(row(page, 'house').getByText('0 of 100000.00000000000000000001 (0\u00a0%)'));

  await page.getByRole('button', { name: 'Change house' }).click();
  const changing = dialog(page, 'Change guard house');
  await field(changing, 'Loss').fill('5000');
  await operator.ask(`mutation { setGuard(input: { name: "house", scope: SYSTEM, currency: "USDT", loss: "70000", action: FLATTEN, reason: "Faster" }) { userErrors { message } } }`);
  await sees(row(page, 'house').getByText('loss 70000 USDT'));
  await field(changing, 'Reason').fill('It was too much');
  await changing.getByRole('button', { name: 'Change', exact: true }).click();
  await sees(changing.getByText(/changed this while you were editing: GuardSet/));
  await sees(changing.getByText('every run, loss 70000 USDT, then: No orders; what is held is closed'));
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
  const refusal = (text) => adding.locator('.mantine-TextInput-error').filter({ hasText: text });
  await sees(refusal('One of the two limits is required'));
  await field(adding, 'Loss').fill('5');
  await adding.getByRole('button', { name: 'Arm it' }).click();
  await sees(refusal('must be a quote currency'));
  await inspector.look('refused');
  await field(adding, 'Loss').fill('');
}

async function guardsTheInstance(page, shot) {
  const adding = dialog(page, 'Add a guard');
  await field(adding, 'Currency').fill('USDT');
  await field(adding, 'Fall from the highest').fill(FALL);
  await adding.getByRole('radio', { name: 'No orders; what is held is closed' }).check();
  await page.setViewportSize(PHONE);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, 'the dialog fits a phone');
  await shot(page, 'set-phone');
  await page.setViewportSize(WIDE);
  await adding.getByRole('button', { name: 'Arm it' }).click();
  await sees(notice(page, new RegExp(`Guard ${GUARD} set: confirmed by GuardSet at position \\d+`)));
}

async function tripsByItself(page, operator, inspector) {
  await sees(banner(page).getByText(`holds ${KEY}: No orders; what is held is closed`));
  await sees(page.getByText(`Guard ${GUARD} holds this instance`));
  await until('no order is open', async () => (await open(page).count()) === 0);
  const { guards, execution } = await until('nothing is held', async () => {
    const answer = await operator.ask(`{ guards { guards { name trip { limit profit } } } execution(instanceKey: "${KEY}", run: 1) { positions { base } } }`);
    return answer.execution.positions.every(({ base }) => Number(base) === 0) && answer;
  });
  const { trip } = guards.guards.find(({ name }) => name === GUARD);
  assert.equal(trip.limit, 'DRAWDOWN');
  assert.equal(execution.positions.length, 1, 'it had bought');
  await inspector.look('held');
}

async function looksAtTheGuards(page, inspector, shot) {
  await banner(page).getByRole('link', { name: 'Show the guards' }).click();
  await sees(heading(page, 'Risk guards'));
  const tripped = row(page, KEY);
  await sees(tripped.getByText('TRIPPED'));
  await sees(tripped.getByText(`Limit reached: fall ${FALL} USDT`));
  assert.match(await page.getByRole('row').nth(1).innerText(), new RegExp(`^${GUARD}`), 'what tripped comes first');
  await inspector.look('tripped');
  await page.setViewportSize(PHONE);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, 'the page fits a phone');
  await shot(page, 'tripped-phone');
  await page.setViewportSize(WIDE);
  await tripped.getByRole('link', { name: /^by event #/ }).click();
  await sees(heading(page, 'Events'));
  await page.goBack();
}

async function mendsAndResets(page, { baseUrl }, operator, inspector) {
  const mend = 'mutation Mend($input: ReconfigureInstanceInput!) { reconfigureInstance(input: $input) { userErrors { message } } }';
  const { reconfigureInstance } = await operator.ask(mend, { input: { key: KEY, config: MENDED, reason: 'It bought from others' } });
  assert.deepEqual(reconfigureInstance.userErrors, []);
  await page.getByRole('button', { name: `Reset ${GUARD}` }).click();
  const resetting = dialog(page, `Reset guard ${GUARD}`);
  await resetting.getByRole('button', { name: 'Reset', exact: true }).click();
  await sees(resetting.locator('.mantine-Textarea-error'));
  await inspector.look('reset');
  await field(resetting, 'Reason').fill('It quotes beside the market now');
  await resetting.getByRole('button', { name: 'Reset', exact: true }).click();
  await sees(notice(page, new RegExp(`Guard ${GUARD} reset: confirmed by GuardReset at position \\d+`)));
  await seesNoMore(banner(page));
  await sees(row(page, KEY).getByText('armed', { exact: true }));
  await sees(row(page, KEY).getByText(`0 of ${FALL} (0\u00a0%)`));
  await page.goto(`${baseUrl}/instances/${KEY}?tab=chart`);
  await sees(open(page).first());
  assert.equal(await page.getByText(`Guard ${GUARD} holds this instance`).count(), 0);
}

async function removes(page, { baseUrl }, inspector) {
  await page.goto(`${baseUrl}/guards`);
  await page.getByRole('button', { name: `Remove ${GUARD}` }).click();
  const removing = dialog(page, `Remove guard ${GUARD}`);
  await field(removing, 'Reason').fill('It guards nothing any more');
  await inspector.look('remove');
  await removing.getByRole('button', { name: 'Remove', exact: true }).click();
  await sees(notice(page, new RegExp(`Guard ${GUARD} removed: confirmed by GuardRemoved at position \\d+`)));
  await seesNoMore(row(page, GUARD));
}
