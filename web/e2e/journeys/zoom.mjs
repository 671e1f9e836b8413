// 200 % zoom on a laptop is half its width and height: nothing is wider than the screen, dialogs and errors included.
import { Operator } from '../operator.mjs';
import { ROUTES } from '../routes.mjs';
import { heading, sees, seesAll } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const HALF = { width: 640, height: 450 };
const { key } = STEADY_MAKER;

export const store = { demo: true };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await signIn(page, server);
  await page.setViewportSize(HALF);
  const tooWide = [];
  const look = async (name) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > HALF.width) tooWide.push(`${name} is ${width} px wide`);
  };
  for (const { path, name, heading: title } of ROUTES) {
    await page.goto(server.baseUrl + path);
    await sees(heading(page, title));
    await seesAll(page);
    await look(name);
  }
  for (const opens of [instance, publishDialog, startErrors]) {
    await opens(page, server);
    await look(opens.name);
    await shot(page, opens.name);
  }
  if (tooWide.length > 0) throw new Error(tooWide.join('\n'));
}

async function instance(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}?tab=chart`);
  await sees(page.getByRole('figure').locator('canvas'));
}

/** Its last button must be within reach. */
async function publishDialog(page, { baseUrl }) {
  await page.goto(`${baseUrl}/definitions/${key}`);
  await page.getByRole('button', { name: 'Publish' }).click();
  const submit = page.getByRole('dialog').getByRole('button', { name: /^Publish \d/ });
  await submit.click();
  await sees(page.getByRole('dialog').locator('.mantine-Textarea-error'));
}

async function startErrors(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances/new?definition=${key}`);
  await page.getByRole('textbox', { name: 'Refresh every' }).fill('-12345678901234567890.000000001');
  await page.getByRole('button', { name: 'Validate' }).click();
  await sees(page.getByText('It cannot be started like this.'));
}
