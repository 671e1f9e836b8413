// The session ends while something is typed: it is asked for again over the page, and everything typed there can be sent.
import assert from 'node:assert/strict';
import { NOT_SIGNED_IN, SESSION_ENDED } from '../complaints.mjs';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { heading, notice, sees, seesNoMore, until } from '../see.mjs';
import { endSession, live, signIn, signInAgain, signInDialog } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key } = STEADY_MAKER;
const AGAIN = 'Your session had ended. Send it again if it is still meant.';

export async function journey({ server, page, complaints, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  await complaints.expecting([...SESSION_ENDED, ...NOT_SIGNED_IN], async () => {
    await savesTheDraftAllTheSame(page, server, inspector);
    await publishesForTheReasonThatWasHalfGiven(page, server, inspector);
    await createsWhatWasDrafted(page, server);
    await startsWhatWasFilledIn(page, server);
    await triesWhatWasFilledIn(page, server);
    await stopsOnlyWhenAskedAgain(page, server, operator);
    await leavesNothingToSomebodyElse(page, server);
  });
  inspector.conclude();
}

async function savesTheDraftAllTheSame(page, server, inspector) {
  await page.goto(`${server.baseUrl}/definitions/${key}/edit`);
  const spread = page.getByRole('textbox', { name: 'Ask spread' });
  const reason = page.getByRole('textbox', { name: 'Reason' });
  await reason.fill('Half a thought');
  await spread.fill('0.0031');
  await endSession(page, server);
  await page.getByRole('button', { name: 'Save the draft', exact: true }).click();
  await sees(signInDialog(page).getByText('What you typed is still here.'));
  await isInTheWay(page);
  await inspector.look('over-a-form');
  await isRefusedWithAnotherPassword(page);
  await signInAgain(page, server);
  await sees(page.getByText(AGAIN));
  assert.equal(await spread.inputValue(), '0.0031');
  await reason.pressSequentially(', and the rest of it');
  await page.getByRole('button', { name: 'Save the draft', exact: true }).click();
  await sees(notice(page, new RegExp(`Draft of ${key} saved: confirmed`)));
}

/** The keyboard is in it, stays in it, and does not close it. */
async function isInTheWay(page) {
  const focusIsIn = () => signInDialog(page).evaluate((dialog) => dialog.contains(document.activeElement));
  const password = signInDialog(page).getByLabel('Password', { exact: true });
  assert.ok(await password.evaluate((field) => field === document.activeElement), 'what is wanted is the password');
  for (const step of ['Escape', 'Tab', 'Escape', 'Tab', 'Shift+Tab', 'Control+k', 'Escape']) {
    await page.keyboard.press(step);
    assert.ok(await signInDialog(page).isVisible(), `${step} closed it`);
    assert.ok(await focusIsIn(), `${step} led out of it`);
  }
  assert.equal(await page.getByRole('dialog').count(), 1, 'nothing was opened beneath it');
}

async function isRefusedWithAnotherPassword(page) {
  await signInDialog(page).getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');
  await sees(signInDialog(page).getByText('That password is not right.'));
}

async function publishesForTheReasonThatWasHalfGiven(page, server, inspector) {
  await page.goto(`${server.baseUrl}/definitions/${key}`);
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog', { name: `Publish ${key}` });
  const reason = dialog.getByRole('textbox', { name: 'Reason' });
  await sees(dialog.getByText(/^Suggested/));
  await reason.fill('Wider, as the market');
  await page.context().clearCookies();
  await page.keyboard.press('Tab');
  await dialog.getByRole('button', { name: /^Publish/ }).press('Enter');
  await sees(signInDialog(page));
  await page.keyboard.press('Escape');
  await inspector.look('over-a-dialog');
  await signInAgain(page, server);
  await sees(dialog.getByText(AGAIN));
  await reason.press('End');
  await reason.pressSequentially(' is');
  assert.equal(await reason.inputValue(), 'Wider, as the market is');
  await dialog.getByRole('button', { name: /^Publish/ }).click();
  await sees(notice(page, new RegExp(`${key} .* published: confirmed by DefinitionPublished`)));
}

/** Answers how to get it back on another page of the browser: one sign-in is enough for all, and only so many are taken a minute. */
async function losesTheSession(page) {
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  return async () => {
    await sees(signInDialog(page));
    await page.context().addCookies(cookies);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await seesNoMore(signInDialog(page));
    await live(page);
  };
}

async function createsWhatWasDrafted(page, server) {
  await page.goto(`${server.baseUrl}/new-definition`);
  await page.getByRole('textbox', { name: 'Key' }).fill('two-steps');
  await page.getByRole('textbox', { name: 'Name' }).fill('Two steps');
  await page.getByLabel('Executor').selectOption('volume');
  const signsInElsewhere = await losesTheSession(page);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await signsInElsewhere();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await sees(heading(page, 'Two steps'));
}

/** A start looks at what would run, which needs a session already; what was looked at is not started by the sign-in. */
async function startsWhatWasFilledIn(page, server) {
  await page.goto(`${server.baseUrl}/instances/new?definition=${key}`);
  await page.getByRole('textbox', { name: 'User' }).fill('ben');
  await page.getByRole('textbox', { name: 'Client' }).fill('desk');
  await page.getByRole('textbox', { name: 'Order amount' }).fill('7.50');
  await page.getByRole('button', { name: 'Validate' }).click();
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await until('it can be started', () => start.isEnabled());
  const signsInElsewhere = await losesTheSession(page);
  await start.click();
  await signsInElsewhere();
  await sees(page.getByText(AGAIN));
  assert.equal(await page.getByRole('textbox', { name: 'Order amount' }).inputValue(), '7.50');
  await start.click();
  await sees(heading(page, keyOf('ben')));
}

async function triesWhatWasFilledIn(page, server) {
  await page.goto(`${server.baseUrl}/definitions/${key}/backtest`);
  await page.getByRole('textbox', { name: 'Order amount' }).fill('6.25');
  const signsInElsewhere = await losesTheSession(page);
  await page.getByRole('button', { name: 'Try it' }).click();
  await signsInElsewhere();
  await sees(page.getByText(AGAIN));
  await page.getByRole('button', { name: 'Try it' }).click();
  await sees(page.getByRole('heading', { name: 'Trying it' }));
  assert.equal(await page.getByRole('textbox', { name: 'Order amount' }).inputValue(), '6.25');
}

async function stopsOnlyWhenAskedAgain(page, server, operator) {
  await page.goto(`${server.baseUrl}/instances/${keyOf('ana')}`);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Stop ${keyOf('ana')}` });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Enough');
  const signsInElsewhere = await losesTheSession(page);
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await signsInElsewhere();
  await sees(dialog.getByText(AGAIN));
  await until('the focus is where that is said', () => dialog.locator('[data-refusal]').evaluate((said) => said === document.activeElement));
  const { instance } = await operator.ask(`{ instance(key: "${keyOf('ana')}") { status } }`);
  assert.equal(instance.status, 'RUNNING', 'nobody has said again that it is meant');
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await sees(notice(page, /InstanceStopped/));
}

/** Every login of this release is the administrator's: who it is is changed on its way to the page. */
async function leavesNothingToSomebodyElse(page, server) {
  await page.goto(`${server.baseUrl}/definitions/${key}/edit`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Half a name');
  const signsInElsewhere = await losesTheSession(page);
  await page.getByRole('button', { name: 'Save the draft', exact: true }).click();
  await sees(signInDialog(page));
  await page.route('**/api/v1/session', (route) => route.fulfill({ json: { name: 'ben' } }));
  await signsInElsewhere();
  await sees(heading(page, 'Overview'));
  assert.equal(new URL(page.url()).pathname, '/');
}
