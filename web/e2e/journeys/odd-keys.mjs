// Keys that addresses have a use of their own for: each page is found from lists and from the palette, and at its address again.
import { Operator } from '../operator.mjs';
import { heading, row, sees } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER } from '../steady-maker.mjs';

const KEYS = ['.', '..', '~..', 'a/b', '../x', '100%', '%2E%2E', 'why?', '#1', 'a\\b'];
const nameOf = (key) => `Maker ${KEYS.indexOf(key) + 1}`;

export async function journey({ server, page }) {
  const operator = await Operator.signIn(server);
  for (const key of KEYS) await operator.createDefinition({ ...STEADY_MAKER, key, name: nameOf(key) });
  await signIn(page, server);
  for (const key of KEYS) await isFoundInTheList(page, server, key);
  await isFoundInThePalette(page, '..');
  await isEditedAndTried(page, server, '..');
  await runsForSomebodyOdd(page, server, operator);
}

async function isFoundInTheList(page, { baseUrl }, key) {
  await page.goto(`${baseUrl}/definitions`);
  await row(page, nameOf(key)).getByRole('link', { name: key, exact: true }).click();
  await sees(heading(page, nameOf(key)));
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.reload();
  await sees(heading(page, nameOf(key)));
  await sees(row(page, '1.0.0'));
}

async function isFoundInThePalette(page, key) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Go to' }).fill(nameOf(key));
  await page.getByRole('option', { name: nameOf(key) }).click();
  await sees(heading(page, nameOf(key)));
}

async function isEditedAndTried(page, { baseUrl }, key) {
  await page.getByRole('button', { name: 'Edit' }).click();
  await sees(heading(page, `Edit ${key}`));
  await page.reload();
  await sees(heading(page, `Edit ${key}`));
  await page.getByRole('button', { name: 'Try on recorded data' }).click();
  await sees(heading(page, `Try ${key} on recorded data`));
  await page.getByRole('link', { name: `Back to ${key}` }).click();
  await sees(heading(page, nameOf(key)));
  await page.goto(`${baseUrl}/events`);
  await page.getByRole('link', { name: key, exact: true }).first().click();
  await sees(heading(page, nameOf(key)));
}

async function runsForSomebodyOdd(page, { baseUrl }, operator) {
  await operator.start({ definitionKey: '..', userId: '../?', clientId: '#%2F', config: {} });
  const instance = '../?-#%2F-pureMarketMaking';
  await page.goto(`${baseUrl}/instances`);
  await row(page, instance).getByRole('link', { name: instance, exact: true }).click();
  await sees(heading(page, instance));
  await page.reload();
  await sees(heading(page, instance));
  await page.getByRole('link', { name: '..@1.0.0', exact: true }).click();
  await sees(heading(page, nameOf('..')));
}
