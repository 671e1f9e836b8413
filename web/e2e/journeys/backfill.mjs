// Instances of the original are linked to definitions: a dry run, the run, its report, and nothing left for a second.
import assert from 'node:assert/strict';
import { heading, notice, row, sees } from '../see.mjs';
import { signIn } from '../sign-in.mjs';

export const store = { legacy: new URL('../../../server/tests/data/legacy-before-definitions.sqlite', import.meta.url).pathname };

export async function journey({ server, page, shot }) {
  await signIn(page, server);
  await page.getByRole('link', { name: 'Backfill' }).click();
  await sees(heading(page, 'Backfill'));
  const plan = await looksFirst(page, shot);
  const before = await server.log();
  assert.ok(!before.includes('LegacyLinkBackfilled'), 'looking changes nothing');
  await runs(page, plan, shot);
  await followsALink(page);
  await findsNothingLeft(page, shot);
}

const number = async (place, mark) => Number(await place.locator(`[data-${mark}]`).innerText());
const section = (page, title) => page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });

async function looksFirst(page, shot) {
  const place = section(page, 'What a run would do');
  await sees(place.getByRole('table'));
  const plan = { updated: await number(place, 'updated'), skipped: await number(place, 'skipped') };
  assert.ok(plan.updated > 0 && plan.updated + plan.skipped === 5, JSON.stringify(plan));
  await shot(page, 'dry-run');
  await page.getByRole('button', { name: 'Look again' }).click();
  assert.equal(await number(place, 'updated'), plan.updated);
  return plan;
}

async function runs(page, plan, shot) {
  await page.getByRole('button', { name: 'Run the backfill' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run the backfill' });
  await sees(dialog.getByText(`${plan.updated} instances will be linked to a definition.`));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Moving over');
  await dialog.getByRole('button', { name: 'Run the backfill' }).click();
  await sees(notice(page, /Backfill run: confirmed by /));
  const report = section(page, 'What the run did');
  await sees(report);
  assert.deepEqual({ updated: await number(report, 'updated'), skipped: await number(report, 'skipped') }, plan);
  await shot(page, 'report');
}

async function followsALink(page) {
  const link = section(page, 'What the run did').getByRole('link').first();
  const key = await link.innerText();
  await link.click();
  await sees(heading(page, key));
  await sees(page.getByRole('main').getByRole('link', { name: /@\d+\.\d+\.\d+$/ }));
  await page.goBack();
}

async function findsNothingLeft(page, shot) {
  await page.getByRole('button', { name: 'Look again' }).click();
  await sees(page.getByText('Nothing is left to link. What remains cannot be linked; each says why.'));
  const place = section(page, 'What a run would do');
  assert.equal(await number(place, 'updated'), 0);
  await sees(row(place, 'ti-ti-timeIndicator').getByText('no executor runs strategy type timeIndicator'));
  assert.equal(await page.getByRole('button', { name: 'Run the backfill' }).isDisabled(), true);
  await shot(page, 'nothing-left');
}
