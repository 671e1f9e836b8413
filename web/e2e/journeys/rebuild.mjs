// A table is rebuilt beside the live one: asked for by name, with progress, and the rows are the same afterwards.
import assert from 'node:assert/strict';
import { Operator } from '../operator.mjs';
import { heading, row, sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const TABLE = 'strategy_definitions';

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await signIn(page, server);
  await page.getByRole('link', { name: 'Projections' }).click();
  await sees(heading(page, 'Projections'));
  const card = page.getByRole('region', { name: TABLE });
  const generation = await fact(card, 'Generation');
  assert.equal(await fact(card, 'Last rebuild'), 'none by this process');
  await rebuilds(page, card, shot);
  assert.equal(Number(await fact(card, 'Generation')), Number(generation) + 1);
  await shot(page, 'done');
  await page.getByRole('link', { name: 'Instances', exact: true }).first().click();
  await sees(row(page, keyOf('ana')).getByText('running').first());
}

async function rebuilds(page, card, shot) {
  // It is quicker than a look at the page: without live updates that stays at what the answer shows
  await page.locator('[data-connection]').click();
  await page.getByRole('button', { name: 'Pause live updates' }).click();
  await card.getByRole('button', { name: 'Rebuild' }).click();
  const dialog = page.getByRole('dialog', { name: `Rebuild ${TABLE}` });
  const go = dialog.getByRole('button', { name: 'Rebuild', exact: true });
  assert.equal(await go.isDisabled(), true, 'the name must be typed first');
  await dialog.getByRole('textbox', { name: `Type ${TABLE} to confirm` }).fill(TABLE);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('To see that nothing is lost');
  await go.click();
  await sees(card.getByText(new RegExp(`^${TABLE}: 0 of `)));
  await shot(page, 'begun');
  await page.locator('[data-connection="paused"]').click();
  await page.getByRole('button', { name: 'Resume live updates' }).click();
  await until('it says that it was rebuilt', async () => (await fact(card, 'Last rebuild')).startsWith('succeeded'));
  await card.getByRole('progressbar').waitFor({ state: 'detached' });
  await shot(page, 'rebuilt');
}

const fact = (card, name) => card.locator('dt').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]').innerText();
