// Somebody else changes things behind an open form: nothing is published, started or switched that was not looked at.
import assert from 'node:assert/strict';
import { Operator } from '../operator.mjs';
import { heading, notice, row, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key, defaultConfig } = STEADY_MAKER;

export async function journey({ server, page, complaints, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await signIn(page, server);
  await publishesWhatWasLookedAt(page, server, operator, shot);
  await startsWhatWasLookedAt(page, server, operator, shot);
  await isToldThatItWasStarted(page, server, operator, shot);
  await complaints.expecting(NO_ANSWER, () => startsOnceWithoutAnAnswer(page, server, operator));
  await keepsTheDialogThatWasOpened(page, server, operator);
  await keepsItsSwitches(page, server, operator, shot);
}

const dialogOf = (page, name) => page.getByRole('dialog', { name });

async function publishesWhatWasLookedAt(page, { baseUrl }, operator, shot) {
  await operator.updateDefinition({ key, name: 'Calm maker' });
  await page.goto(`${baseUrl}/definitions/${key}`);
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = dialogOf(page, `Publish ${key}`);
  await sees(dialog.getByText('name: "Steady maker" → "Calm maker"'));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('A calmer name');
  await operator.updateDefinition({ key, defaultConfig: { ...defaultConfig, orderAmount: 500 } });
  const told = dialog.getByRole('alert').filter({ hasText: 'The definition changed since you opened this' });
  await sees(told.getByText('orderAmount: default 5 → 500'));
  assert.equal(await dialog.getByRole('button', { name: /^Publish/ }).isDisabled(), true, 'it was not looked at');
  await shot(page, 'publish');
  await told.getByRole('button', { name: 'Look at it as it is now' }).click();
  await seesNoMore(told);
  await sees(dialog.getByText('orderAmount: default 5 → 500'));
  assert.equal(await dialog.getByRole('textbox', { name: 'Reason' }).inputValue(), 'A calmer name');
  await dialog.getByRole('button', { name: /^Publish/ }).click();
  await sees(notice(page, /steady-maker 1\.0\.1 published: confirmed by DefinitionPublished/));
  await dialog.waitFor({ state: 'detached' });
}

async function fillsIn(page, { baseUrl }, user) {
  await page.goto(`${baseUrl}/instances/new?definition=${key}`);
  await page.getByRole('textbox', { name: 'User id' }).fill(user);
  await page.getByRole('textbox', { name: 'Client id' }).fill('desk');
  await validates(page);
}

async function validates(page) {
  await page.getByRole('button', { name: 'Validate' }).click();
  await sees(page.getByText('This will run exactly as shown.'));
}

const start = (page) => page.getByRole('button', { name: 'Start', exact: true });

async function startsWhatWasLookedAt(page, server, operator, shot) {
  await fillsIn(page, server, 'ana');
  await sees(page.getByText('Starts run 1.0.1, as it was published.'));
  await operator.updateDefinition({ key, defaultConfig: { ...defaultConfig, orderAmount: 900 } });
  const told = page.getByRole('alert').filter({ hasText: 'The definition changed since you opened this form' });
  await sees(told.getByText(/^admin: /));
  assert.equal(await start(page).isDisabled(), true, 'what would run was not looked at');
  await seesNoMore(page.getByText('This will run exactly as shown.'));
  await shot(page, 'start');
  await told.getByRole('button', { name: 'Go on with it as it is now' }).click();
  await seesNoMore(told);
  await sees(page.getByText('Starts run the draft, which differs from 1.0.1.'));
  await until('the form has the new default', async () => (await page.getByRole('textbox', { name: 'Order amount' }).inputValue()) === '900');
  assert.equal(await page.getByRole('textbox', { name: 'User id' }).inputValue(), 'ana');
  await validates(page);
  await start(page).click();
  await sees(heading(page, keyOf('ana')));
  await page.getByRole('tab', { name: 'Config' }).click();
  await sees(row(page, 'orderAmount').getByText('900'));
}

/** The form cannot know it: who else starts the same instance is found out when the button is pressed. */
async function isToldThatItWasStarted(page, server, operator, shot) {
  await fillsIn(page, server, 'ben');
  await operator.start(quoting('ben'));
  await start(page).click();
  await sees(page.getByRole('alert').filter({ hasText: 'Nothing was started: somebody changed the definition or the instance' }));
  await sees(page.getByText(`${keyOf('ben')} exists already and is running.`));
  await shot(page, 'start-existing');
  assert.equal(await runsOf(operator, 'ben'), 1, 'the other run goes on');
  await start(page).click();
  await sees(heading(page, keyOf('ben')));
  assert.equal(await runsOf(operator, 'ben'), 2);
}

/** The answer is lost on its way: trying again finds what was started, and starts nothing twice. */
async function startsOnceWithoutAnAnswer(page, server, operator) {
  await fillsIn(page, server, 'cem');
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('mutation StartInstance')) return route.fallback();
    await route.fetch();
    return route.abort();
  });
  await start(page).click();
  await sees(page.getByRole('alert').filter({ hasText: 'nothing happens twice' }));
  await page.unrouteAll({ behavior: 'wait' });
  await start(page).click();
  await sees(heading(page, keyOf('cem')));
  assert.equal(await runsOf(operator, 'cem'), 1);
}

const NO_ANSWER = [/^console: Failed to load resource: net::ERR_FAILED \(\S+\/graphql\)$/];
const runsOf = async (operator, user) => (await operator.ask(`{ instance(key: "${keyOf(user)}") { run } }`)).instance.run;
const halt = (operator) => operator.ask('mutation { haltTrading(input: { reason: "A storm" }) { userErrors { message } } }');
const resume = (operator) => operator.ask('mutation { resumeTrading(input: { reason: "It passed" }) { userErrors { message } } }');

/** Whoever is about to press "Resume" must not find that the button has become "Stop". */
async function keepsTheDialogThatWasOpened(page, { baseUrl }, operator) {
  await halt(operator);
  await page.goto(baseUrl);
  await page.getByRole('button', { name: 'Resume trading' }).click();
  const dialog = dialogOf(page, 'Resume trading');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('All is calm');
  await resume(operator);
  await seesNoMore(page.locator('.banner-halted'));
  assert.equal(await dialog.getByRole('textbox', { name: 'Reason' }).inputValue(), 'All is calm');
  await dialog.getByRole('button', { name: 'Resume trading' }).click();
  await sees(dialog.getByText(/^admin changed this while you were editing: TradingResumed/));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
}

async function keepsItsSwitches(page, { baseUrl }, operator, shot) {
  await page.goto(`${baseUrl}/settings`);
  await page.getByRole('radio', { name: /^Definitions first/ }).check();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const dialog = dialogOf(page, 'Change the switches');
  await sees(dialog.getByText(/^Mode: “Dual: .*” becomes “Definitions first: .*”$/));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Everybody has moved');
  await operator.ask('mutation { setSwitches(input: { dynamicFlow: false, reason: "A pause" }) { userErrors { message } } }');
  await until('the page shows the other change', () => page.getByRole('radio', { name: /^Off: starts/, includeHidden: true }).isChecked());
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  const told = dialog.getByRole('alert').filter({ hasText: 'admin changed this while you were editing' });
  await sees(told.getByRole('link', { name: /^Open event \d+$/ }));
  await shot(page, 'switches');
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await sees(notice(page, /Switches changed: confirmed by /));
  const { settings } = await operator.ask('{ settings { mode dynamicFlow } }');
  assert.deepEqual(settings, { mode: 'DEFINITIONS_FIRST', dynamicFlow: false }, 'both changes hold');
}
