// A definition from the first draft to a restored version: log in, create, edit, publish, compare, restore.
import assert from 'node:assert/strict';
import { NOT_SIGNED_IN } from '../complaints.mjs';
import { editor, jsonIn, writeJson } from '../editor.mjs';
import { Operator } from '../operator.mjs';
import { heading, notice, row, sees, seesNoMore } from '../see.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key, name, configSchema, defaultConfig } = STEADY_MAKER;

export async function journey({ server, page, complaints, shot }) {
  await logsInAtTheSecondTry(page, server, complaints, shot);
  await creates(page, shot);
  // Somebody runs it by now, with a spread that the next version will not allow
  await (await Operator.signIn(server)).start(quoting('ana'));
  await editsTheDraft(page);
  await publishes(page, shot);
  await comparesTheVersions(page, shot);
  await restoresTheFirst(page, shot);
}

async function logsInAtTheSecondTry(page, { baseUrl, password }, complaints, shot) {
  await page.goto(`${baseUrl}/login?to=%2Fdefinitions`);
  const field = page.getByLabel('Password', { exact: true });
  await field.fill('not the password');
  await complaints.expecting(NOT_SIGNED_IN, async () => {
    await page.keyboard.press('Enter');
    await sees(page.getByText('That password is not right.'));
  });
  await shot(page, 'wrong-password');
  await field.fill(password);
  await seesNoMore(page.getByText('That password is not right.'));
  await page.keyboard.press('Enter');
  await sees(heading(page, 'Definitions'));
}

async function creates(page, shot) {
  await page.getByRole('link', { name: 'New definition' }).click();
  await page.getByRole('textbox', { name: 'Key' }).fill(key);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('Executor').selectOption('pureMarketMaking');
  await seesTheLintOfABadSchema(page, shot);
  await writeJson(page, 'Schema', JSON.stringify(configSchema, null, 2));
  await seesTheFormGrow(page);
  await page.getByRole('tab', { name: 'JSON' }).click();
  await writeJson(page, 'Defaults', JSON.stringify(defaultConfig, null, 2));
  await seesNoMore(page.getByText('What was noticed'));
  await page.getByRole('tab', { name: 'Form' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'Bid spread' }).inputValue(), '0.002');
  await shot(page, 'create');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await sees(heading(page, name));
  await sees(notice(page, /steady-maker created: confirmed by DefinitionCreated at position \d+/));
}

/** A type there is none of, and a limit that no default keeps. */
async function seesTheLintOfABadSchema(page, shot) {
  await writeJson(page, 'Schema', '{ "type": "object", "properties": { "bidSpread": { "type": "numbre" } } }');
  await sees(page.getByRole('alert').filter({ hasText: 'What was noticed' }).getByText('/configSchema/properties/bidSpread/type').first());
  await editor(page, 'Schema').click();
  await shot(page, 'lint');
}

async function seesTheFormGrow(page) {
  await sees(page.getByRole('textbox', { name: 'Refresh every' }));
  await seesNoMore(page.getByRole('textbox', { name: 'Inventory skew' }));
  const typed = JSON.stringify({ ...configSchema, properties: { ...configSchema.properties, skew: { type: 'number', title: 'Inventory skew' } } });
  await writeJson(page, 'Schema', typed);
  await sees(page.getByRole('textbox', { name: 'Inventory skew' }));
  await writeJson(page, 'Schema', JSON.stringify(configSchema, null, 2));
  await seesNoMore(page.getByRole('textbox', { name: 'Inventory skew' }));
}

async function editsTheDraft(page) {
  await page.getByRole('button', { name: 'Edit' }).click();
  await sees(heading(page, `Edit ${key}`));
  const { bidSpread } = configSchema.properties;
  const stricter = { ...configSchema, properties: { ...configSchema.properties, bidSpread: { ...bidSpread, minimum: 0.01 } } };
  await writeJson(page, 'Schema', JSON.stringify(stricter, null, 2));
  const spread = page.getByRole('textbox', { name: 'Bid spread' });
  await sees(page.getByText('must be at least 0.01').first());
  await spread.fill('0.0150');
  await sees(page.getByText('bidSpread: minimum 0 → 0.01'));
  await sees(page.getByText('bidSpread: default 0.002 → 0.0150'));
  await page.getByRole('button', { name: 'Save the draft', exact: true }).click();
  await sees(notice(page, /Draft of steady-maker saved: confirmed by DefinitionUpdated/));
  await sees(page.getByText('edited since publish'));
}

async function publishes(page, shot) {
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog', { name: `Publish ${key}` });
  await sees(dialog.getByRole('listitem').filter({ hasText: 'bidSpread: minimum 0 → 0.01' }));
  await sees(dialog.getByText('may refuse what was accepted'));
  await sees(dialog.getByText(/^Suggested: 2\.0\.0\. /));
  await sees(dialog.getByText(/1 running instance has a configuration the new schema would refuse/));
  await sees(dialog.getByRole('link', { name: keyOf('ana') }));
  await shot(page, 'publish');
  await dialog.getByRole('button', { name: 'Publish 2.0.0' }).click();
  await sees(dialog.getByText(/reason/i).and(dialog.locator('.mantine-Textarea-error')));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Thin quotes lost money');
  await dialog.getByRole('button', { name: 'Publish 2.0.0' }).click();
  await sees(notice(page, /steady-maker 2\.0\.0 published: confirmed by DefinitionPublished/));
  await seesNoMore(dialog);
  await seesNoMore(page.getByText('edited since publish'));
}

async function comparesTheVersions(page, shot) {
  await page.getByRole('tab', { name: 'Versions' }).click();
  await sees(row(page, '2.0.0').getByText('Thin quotes lost money'));
  await page.getByRole('checkbox', { name: 'Select 1.0.0' }).check();
  await page.getByRole('checkbox', { name: 'Select 2.0.0' }).check();
  await shot(page, 'versions');
  await page.getByRole('link', { name: 'Compare the two chosen' }).click();
  await sees(heading(page, `Compare versions of ${key}`));
  await sees(page.getByText('bidSpread: minimum 0 → 0.01'));
  await sees(page.getByText('bidSpread: default 0.002 → 0.0150'));
  assert.match(await jsonIn(page, 'Defaults of 1.0.0'), /"bidSpread": 0\.002\b/);
  assert.match(await jsonIn(page, 'Defaults of 2.0.0'), /"bidSpread": 0\.0150\b/);
  await shot(page, 'compare');
}

async function restoresTheFirst(page, shot) {
  await page.goBack();
  await row(page, '1.0.0').getByRole('button', { name: 'Restore' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore 1.0.0' });
  // Nobody restores what they cannot foresee
  await sees(dialog.getByText(/bidSpread/).first());
  await sees(dialog.getByText('The running instance fits the new schema.'));
  await sees(dialog.getByText(/^Suggested: \d+\.\d+\.\d+\. /));
  await shot(page, 'restore');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await sees(dialog.locator('.mantine-Textarea-error'));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The market is calm again');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await sees(notice(page, /steady-maker: 1\.0\.0 restored: confirmed by /));
  await sees(row(page, 'The market is calm again').getByText('current'));
  await sees(row(page, '1.0.0').first());
  await shot(page, 'restored');
  await page.getByRole('tab', { name: 'Defaults' }).click();
  assert.match(await jsonIn(page, 'Defaults'), /"bidSpread": 0\.002\b/);
}
