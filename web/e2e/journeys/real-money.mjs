// Where orders are real, every dialog that decides about an instance says so, and its button is red.
import assert from 'node:assert/strict';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { heading, sees, seesNoMore } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { configSchema } = STEADY_MAKER;
const bidSpread = { ...configSchema.properties.bidSpread, 'x-updatable': true };
const TUNABLE = { ...STEADY_MAKER, configSchema: { ...configSchema, properties: { ...configSchema.properties, bidSpread } } };

/** Mantine's ninth red, under what cannot be taken back. */
const RED = '#c92a2a';

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(TUNABLE);
  for (const user of ['ana', 'ben']) await operator.start(quoting(user));
  await operator.stop({ key: keyOf('ben'), reason: 'Enough' });
  await signIn(page, server);
  await tradesForReal(page);
  const inspector = new Inspector(page, shot);
  await opens(page, server, 'ana');
  await saysSo(page, 'Stop', 'Stop', inspector);
  await saysSo(page, 'Change while it runs', 'Change it', inspector);
  await opens(page, server, 'ben');
  await saysSo(page, 'Start again with this config', 'Start again', inspector);
  await saysSo(page, 'Start again on another version', 'Start again', inspector);
  await page.goto(`${server.baseUrl}/instances`);
  await page.getByRole('checkbox', { name: `Select ${keyOf('ana')}` }).check();
  await saysSo(page, 'Stop 1 instance', 'Stop 1 instance', inspector);
  inspector.conclude();
}

/** Every exchange of a journey is on paper: the answers are changed on their way to the page. */
async function tradesForReal(page) {
  await page.route('**/graphql', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('"trading":"PAPER"', '"trading":"LIVE"') });
  });
}

async function opens(page, { baseUrl }, user) {
  await page.goto(`${baseUrl}/instances/${keyOf(user)}`);
  await sees(heading(page, keyOf(user)));
  await sees(page.getByText(/^LIVE TRADING on /));
}

async function saysSo(page, action, submit, inspector) {
  await page.getByRole('button', { name: action, exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await sees(dialog.locator('[data-trading="LIVE"]').getByText('Its orders are real and cost real money.'));
  const button = dialog.getByRole('button', { name: submit, exact: true });
  const colour = await button.evaluate((element) => getComputedStyle(element).getPropertyValue('--button-bg'));
  assert.equal(colour.trim(), RED, action);
  await inspector.look(action.toLowerCase().replaceAll(' ', '-'));
  await page.keyboard.press('Escape');
  await seesNoMore(dialog);
}
