// What the pages look like when something is asked or refused: nothing axe objects to, in light and in dark.
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { sees } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key } = STEADY_MAKER;

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  const { configSchema } = STEADY_MAKER;
  const stricter = { ...configSchema, properties: { ...configSchema.properties, bidSpread: { type: 'number', minimum: 0.1 } } };
  await operator.updateDefinition({ key, configSchema: stricter });
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  for (const opens of [publishDialog, restoreDialog, removalRefused, enableDialog, stopDialog, stopManyDialog, startErrors, conflict, travelPopover, rebuildDialog]) {
    await opens(page, server, operator);
    await inspector.look(opens.name);
  }
  inspector.conclude();
}

/** With the refusal of a missing reason, and an instance that the new schema would refuse. */
async function publishDialog(page, { baseUrl }) {
  await page.goto(`${baseUrl}/definitions/${key}`);
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog');
  await sees(dialog.getByText(/configuration the new schema would refuse/));
  await dialog.getByRole('button', { name: /^Publish/ }).click();
  await sees(dialog.locator('.mantine-Textarea-error'));
}

/** With a version that is no version. */
async function restoreDialog(page, { baseUrl }, operator) {
  await operator.publish({ key, reason: 'To have an older version' });
  await page.goto(`${baseUrl}/definitions/${key}?tab=versions`);
  await page.getByRole('button', { name: 'Restore' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'New version' }).fill('newest');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The spreads were better');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await sees(dialog.locator('.mantine-TextInput-error'));
}

/** Refused as a whole, not at a field. */
async function removalRefused(page, { baseUrl }, operator) {
  await operator.ask(`mutation { disableDefinition(input: { key: "${key}", reason: "To see the refusal" }) { userErrors { message } } }`);
  await page.goto(`${baseUrl}/definitions/${key}`);
  await page.getByRole('button', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('No longer wanted');
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await sees(dialog.getByRole('alert').filter({ hasText: 'Nothing was changed' }));
}

async function enableDialog(page, { baseUrl }) {
  await page.goto(`${baseUrl}/definitions/${key}`);
  await page.getByRole('button', { name: 'Enable' }).click();
  await sees(page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }));
}

async function stopDialog(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}`);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
  await sees(page.getByRole('dialog').locator('.mantine-Textarea-error'));
}

async function stopManyDialog(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances`);
  await page.getByRole('checkbox', { name: `Select ${keyOf('ana')}` }).check();
  await page.getByRole('button', { name: 'Stop 1 instance' }).click();
  await sees(page.getByRole('dialog').getByRole('textbox', { name: 'Type 1 to confirm' }));
}

async function startErrors(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances/new?definition=${key}`);
  await page.getByRole('textbox', { name: 'Refresh every' }).fill('x');
  await page.getByRole('button', { name: 'Validate' }).click();
  await sees(page.getByText('It cannot be started like this.'));
}

async function conflict(page, { baseUrl }, operator) {
  await page.goto(`${baseUrl}/definitions/${key}/edit`);
  await page.getByRole('textbox', { name: 'Ask spread' }).fill('0.3');
  await operator.updateDefinition({ key, name: 'Changed meanwhile' });
  await page.getByRole('button', { name: 'Save the draft', exact: true }).click();
  await sees(page.getByRole('heading', { name: 'Latest', exact: true }));
}

async function travelPopover(page, { baseUrl }) {
  await page.goto(`${baseUrl}/definitions/${key}`);
  await page.getByRole('button', { name: 'Look at the past' }).click();
  await page.getByRole('textbox', { name: 'As of' }).fill('someday');
  await page.getByRole('button', { name: 'Go there' }).click();
  await sees(page.getByRole('textbox', { name: 'As of' }).and(page.locator('[aria-invalid="true"]')));
}

/** With the name that must be typed first. */
async function rebuildDialog(page, { baseUrl }) {
  await page.goto(`${baseUrl}/projections`);
  await page.getByRole('region', { name: 'strategy_instances' }).getByRole('button', { name: 'Rebuild' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Type strategy_instances to confirm' }).fill('strategy_instances');
  await dialog.getByRole('button', { name: 'Rebuild', exact: true }).click();
  await sees(dialog.locator('.mantine-Textarea-error'));
}
