// What the pages look like when live updates are off, a login is refused, a right is missing or the server is gone: nothing
// axe objects to, in light and in dark.
import assert from 'node:assert/strict';
import { NOT_SIGNED_IN, SERVER_IS_DOWN, SESSION_ENDED } from '../complaints.mjs';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { heading, sees } from '../see.mjs';
import { endSession, signIn, signInAgain, signInDialog } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

export async function journey({ server, page, complaints, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  await paused(page, server);
  await inspector.look('paused');
  await mayNothing(page, server);
  await inspector.look('may-nothing');
  await maySeeNothing(page, server);
  await inspector.look('may-see-nothing');
  await page.unrouteAll({ behavior: 'wait' });
  await complaints.expecting(SERVER_IS_DOWN, async () => {
    await disconnected(page, server);
    await inspector.look('disconnected');
    await commandUnanswered(page);
    await inspector.look('command-unanswered');
    await server.start();
    await sees(page.locator('[data-connection="live"]'));
  });
  await complaints.expecting([...SESSION_ENDED, ...NOT_SIGNED_IN], async () => {
    await sessionEndsUnderAWatcher(page, server);
    await signInAgain(page, server);
    assert.ok(await filter(page).evaluate((field) => field === document.activeElement), 'the focus is back where it was');
    assert.equal(await filter(page).inputValue(), 'ana');
    await sessionEnded(page, server);
    await inspector.look('session-ended');
    await wrongPassword(page);
    await inspector.look('wrong-password');
  });
  inspector.conclude();
}

async function paused(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances`);
  await sees(page.locator('[data-connection="live"]'));
  await page.locator('[data-connection]').click();
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  await sees(page.locator('[data-connection="paused"]'));
}

/** Every login of this release is the administrator's: the answers are changed on their way to the page. */
async function mayNothing(page, { baseUrl }) {
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('query Me')) return route.fallback();
    const answer = await (await route.fetch()).json();
    answer.data.me = { ...answer.data.me, role: 'VIEWER', permissions: [] };
    return route.fulfill({ json: answer });
  });
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}`);
  const stop = page.getByRole('button', { name: 'Stop', exact: true });
  await stop.focus();
  await sees(page.getByRole('tooltip').filter({ hasText: 'instances:stop' }));
}

async function maySeeNothing(page, { baseUrl }) {
  const refusal = { message: 'You may not do this', extensions: { code: 'FORBIDDEN', permission: 'instances:read' } };
  await page.route('**/graphql', (route) => {
    const asked = route.request().postData()?.includes('query Instances(');
    return asked ? route.fulfill({ json: { data: null, errors: [refusal] } }) : route.fallback();
  });
  await page.goto(`${baseUrl}/instances`);
  await sees(page.getByText('It needs the permission instances:read.'));
}

/** The header says so, and what cannot be loaded says it as well. */
async function disconnected(page, server) {
  await page.goto(`${server.baseUrl}/instances`);
  await sees(heading(page, 'Instances'));
  await sees(page.locator('[data-connection="live"]'));
  await server.kill();
  await sees(page.locator('[data-connection="reconnecting"]'));
  await page.getByLabel('User is exactly').fill('somebody');
  await sees(page.getByText('The server does not answer. The page tries again by itself once it is back.'));
}

/** A dialog keeps what was typed, and says that trying again is safe. */
async function commandUnanswered(page) {
  await page.getByLabel('User is exactly').fill('');
  await page.getByRole('checkbox', { name: `Select ${keyOf('ana')}` }).check();
  await page.getByRole('button', { name: 'Stop 1 instance' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Type 1 to confirm' }).fill('1');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Nobody will hear it');
  await dialog.getByRole('button', { name: /^Stop/ }).click();
  await sees(dialog.getByRole('alert').filter({ hasText: 'nothing happens twice' }));
}

const filter = (page) => page.getByLabel('User is exactly');

/** Nothing is clicked and nothing asked for: the server closes the socket when it notices, at one of its pings. */
async function sessionEndsUnderAWatcher(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances?user=ana`);
  await sees(page.locator('[data-connection="live"]'));
  await filter(page).focus();
  await endSession(page, { baseUrl });
  await signInDialog(page).waitFor({ timeout: 45_000 });
}

async function sessionEnded(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances`);
  await sees(heading(page, 'Instances'));
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Definitions' }).click();
  await sees(signInDialog(page));
}

async function wrongPassword(page) {
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await sees(page.getByText('That password is not right.'));
}
