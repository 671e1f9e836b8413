// Stopping what holds something: seeing what it holds, choosing that it is closed, and the run that ends with nothing held.
import assert from 'node:assert/strict';
import { WIDE } from '../browser.mjs';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { notice, row, sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf } from '../steady-maker.mjs';

/** Buys at once, every second, and sells nothing. */
const BUYS = { priceSourceType: 'best_ask', bidSpread: 0, askSpread: 0.4, postOnly: false };
const [ANA, BEN] = ['ana', 'ben'].map(keyOf);
const PHONE = { width: 360, height: 780 };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  for (const userId of ['ana', 'ben']) {
    await operator.start({ definitionKey: STEADY_MAKER.key, userId, clientId: 'desk', config: BUYS });
  }
  await holdsSomething(operator, ANA);
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  await choosesToClose(page, server, inspector, shot);
  await endedWithNothingHeld(operator, server);
  await seesWhatWasAsked(page, inspector);
  await stopsSeveral(page, server, operator, inspector);
  inspector.conclude();
}

const held = async (operator, key) => {
  const query = `{ execution(instanceKey: "${key}", run: 1) { state positions { base } } }`;
  return (await operator.ask(query)).execution;
};

const holdsSomething = (operator, key) => until(`${key} holds something`, async () => (await held(operator, key))?.positions.some(({ base }) => Number(base) > 0));

const choice = (dialog, name) => dialog.getByRole('radio', { name });

async function choosesToClose(page, { baseUrl }, inspector, shot) {
  await page.goto(`${baseUrl}/instances/${ANA}`);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Stop ${ANA}` });
  await sees(dialog.getByText('This run holds now:'));
  await sees(dialog.getByRole('listitem').filter({ hasText: /^\d[\d.]* WLD \(binance WLD\/USDT\)$/ }));
  assert.equal(await choice(dialog, /what it holds stays$/).isChecked(), true, 'nothing is closed unless somebody says so');
  await choice(dialog, /what it holds stays$/).focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await choice(dialog, /close what it holds$/).isChecked(), true, 'the keyboard chooses');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The desk closes');
  await inspector.look('dialog');
  await page.setViewportSize(PHONE);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= PHONE.width, 'the dialog fits a phone');
  await inspector.look('dialog-phone');
  await page.setViewportSize(WIDE);
  await dialog.getByRole('button', { name: 'Copy as GraphQL' }).click();
  await sees(dialog.getByLabel('The request').getByText(/"mode": "FLATTEN"/));
  await dialog.getByRole('button', { name: 'Stop and close what it holds' }).click();
  await sees(notice(page, new RegExp(`${ANA} stopped: confirmed by InstanceStopped at position \\d+`)));
  await sees(page.getByText('Observed: stopped'));
  await shot(page, 'stopped');
}

async function endedWithNothingHeld(operator, server) {
  const { state, positions } = await until(`${ANA} is closed`, async () => {
    const execution = await held(operator, ANA);
    return execution.state === 'CLOSED' && execution;
  });
  assert.deepEqual([state, positions.map(({ base }) => Number(base))], ['CLOSED', [0]]);
  const log = await server.log('--stream', `strategy_instance/${ANA}`);
  assert.match(log, /"mode":\s*"flatten"/, 'the log says what was asked');
}

async function seesWhatWasAsked(page, inspector) {
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const asked = page.getByRole('listitem').filter({ hasText: 'stopped run 1, to close what it holds' });
  await sees(asked.getByText('“The desk closes”'));
  await inspector.look('timeline');
}

async function stopsSeveral(page, { baseUrl }, operator, inspector) {
  await holdsSomething(operator, BEN);
  await page.goto(`${baseUrl}/instances`);
  await page.getByRole('checkbox', { name: `Select ${BEN}` }).check();
  await page.getByRole('button', { name: 'Stop 1 instance' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop 1 instance' });
  await choice(dialog, /close what it holds$/).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('All desks close');
  await dialog.getByRole('textbox', { name: 'Type 1 to confirm' }).fill('1');
  await inspector.look('several');
  await dialog.getByRole('button', { name: 'Stop 1 instance and close what it holds' }).click();
  await sees(notice(page, /1 of 1 stopped: confirmed by InstanceStopped/));
  await until(`${BEN} holds nothing`, async () => {
    const { state, positions } = await held(operator, BEN);
    return state === 'CLOSED' && positions.every(({ base }) => Number(base) === 0);
  });
  await until(`${BEN} has stopped`, async () => (await row(page, BEN).getByText('stopped', { exact: true }).count()) === 2);
}
