// The past of a definition and of an instance: a banner nobody can miss, and not a button that changes anything.
import assert from 'node:assert/strict';
import { Operator } from '../operator.mjs';
import { heading, notice, sees, seesNoMore } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key } = STEADY_MAKER;

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  const created = await operator.createDefinition(STEADY_MAKER);
  await operator.updateDefinition({ key, name: 'Hasty maker' });
  await operator.publish({ key, reason: 'Another name' });
  const started = await operator.start(quoting('ana'));
  await operator.stop({ key: keyOf('ana'), reason: 'Enough' });
  await signIn(page, server);
  await looksAtTheDefinition(page, server, created.position, shot);
  await looksAtTheInstance(page, server, started.position, shot);
}

async function looksAtTheDefinition(page, { baseUrl }, position, shot) {
  await page.goto(`${baseUrl}/definitions/${key}`);
  await sees(heading(page, 'Hasty maker'));
  await travel(page, 'yesterday');
  await sees(page.getByText('Give a position such as 1204').last());
  await travel(page, position);
  await seesTheBanner(page, position);
  await sees(heading(page, 'Steady maker'));
  await nothingCanBeDone(page, ['Edit', 'Publish', 'Disable']);
  await shot(page, 'definition');
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'One event earlier' }).click();
  await sees(page.getByText('It did not exist at that moment.'));
  await page.getByRole('button', { name: 'One event later' }).click();
  await sees(heading(page, 'Steady maker'));
  await page.getByRole('button', { name: 'Back to now' }).click();
  await sees(heading(page, 'Hasty maker'));
  await seesNoMore(banner(page));
}

async function looksAtTheInstance(page, { baseUrl }, position, shot) {
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}`);
  await sees(page.getByText('Desired: stopped'));
  await travel(page, position);
  await seesTheBanner(page, position);
  await sees(page.getByText('Desired: running'));
  await nothingCanBeDone(page, ['Stop', 'Start again on another version', 'Change the config, then start']);
  await shot(page, 'instance');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await nothingCanBeDone(page, ['Start with this config']);
  await page.reload();
  await seesTheBanner(page, position);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await sees(page.getByText('Desired: stopped'));
}

const banner = (page) => page.getByRole('alert').filter({ hasText: 'You are looking at position' });

async function travel(page, to) {
  const open = page.getByRole('textbox', { name: 'As of' });
  if (!(await open.isVisible())) await page.getByRole('button', { name: 'Look at the past' }).click();
  await open.fill(to);
  await page.getByRole('button', { name: 'Go there' }).click();
}

async function seesTheBanner(page, position) {
  await sees(banner(page).getByText(new RegExp(`You are looking at position ${position} of \\d+\\. This is the past`)));
}

/** Each says why, and pressing it does nothing. */
async function nothingCanBeDone(page, buttons) {
  for (const name of buttons) {
    const button = page.locator('.frame-main > :not(.banner)').getByRole('button', { name: new RegExp(`^${name}`) }).first();
    assert.equal(await button.getAttribute('aria-disabled'), 'true', name);
    await button.click({ force: true });
  }
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await notice(page, /./).count(), 0);
}
