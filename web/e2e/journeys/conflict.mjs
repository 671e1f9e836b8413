// Two people edit the same definition: the second is told who did what, sees both sides, and decides.
import { axeFindings } from '../axe.mjs';
import { jsonIn } from '../editor.mjs';
import { Operator } from '../operator.mjs';
import { heading, notice, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER } from '../steady-maker.mjs';
import assert from 'node:assert/strict';

const { key } = STEADY_MAKER;

export async function journey({ server, page: ana, newVisitor, shot }) {
  await (await Operator.signIn(server)).createDefinition(STEADY_MAKER);
  const ben = await (await newVisitor()).newPage();
  for (const page of [ana, ben]) {
    await signIn(page, server);
    await page.goto(`${server.baseUrl}/definitions/${key}/edit`);
    await sees(heading(page, `Edit ${key}`));
  }
  await saves(ben, async () => ben.getByRole('textbox', { name: 'Ask spread' }).fill('0.0030'));
  await sees(notice(ben, /Draft of steady-maker saved: confirmed/));
  await keepsHersOnTopOfHis(ana, shot);
  await nowHeLearnsOfHers(ana, ben, server, shot);
  await isAskedBeforeHeLosesWhatHeTyped(ben, shot);
}

async function saves(page, edit) {
  await edit();
  await page.getByRole('button', { name: 'Save the draft', exact: true }).click();
}

async function keepsHersOnTopOfHis(ana, shot) {
  await saves(ana, () => ana.getByRole('textbox', { name: 'Order amount' }).fill('8'));
  await seesTheConflict(ana, 'askSpread: default 0.002 → 0.0030', 'orderAmount: default 5 → 8');
  await sees(ana.getByText('Nothing was changed by both'));
  await shot(ana, 'both-sides');
  await ana.getByRole('button', { name: 'Keep mine, on top of the latest' }).click();
  await seesNoMore(told(ana));
  // Her change is what is left to save: his is there already
  assert.equal(await ana.getByRole('textbox', { name: 'Ask spread' }).inputValue(), '0.0030');
  await sees(ana.getByText('orderAmount: default 5 → 8'));
  assert.equal(await ana.getByText(/^askSpread: default/).count(), 0);
  await ana.getByRole('button', { name: 'Save the draft', exact: true }).click();
  await sees(notice(ana, /Draft of steady-maker saved: confirmed/));
  await sees(heading(ana, STEADY_MAKER.name));
  await ana.getByRole('tab', { name: 'Defaults' }).click();
  await until('both changes are saved', async () => {
    const json = await jsonIn(ana, 'Defaults');
    return json.includes('"askSpread": 0.0030') && json.includes('"orderAmount": 8');
  });
}

async function nowHeLearnsOfHers(ana, ben, { baseUrl }, shot) {
  await ben.goto(`${baseUrl}/definitions/${key}/edit`);
  await ana.goto(`${baseUrl}/definitions/${key}/edit`);
  await saves(ana, () => ana.getByRole('textbox', { name: 'Name' }).fill('Steadier maker'));
  await sees(heading(ana, 'Steadier maker'));
  await saves(ben, () => ben.getByRole('textbox', { name: 'Name' }).fill('Boldest maker'));
  await seesTheConflict(ben, 'name: Steady maker → Steadier maker', 'name: Steady maker → Boldest maker');
  await sees(side(ben, 'Both changed these. Kept, yours takes the place of theirs').getByText('name: Steadier maker → Boldest maker'));
  await shot(ben, 'his-side');
  await ben.getByRole('button', { name: 'Discard mine and load the latest' }).click();
  assert.equal(await ben.getByRole('textbox', { name: 'Name' }).inputValue(), 'Steadier maker');
  assert.equal(await ben.getByRole('button', { name: 'Save the draft', exact: true }).isDisabled(), true);
  assert.match(await jsonOfDefaults(ben), /"orderAmount": 8/);
}

async function isAskedBeforeHeLosesWhatHeTyped(ben, shot) {
  const name = ben.getByRole('textbox', { name: 'Name' });
  await name.fill('Half a thought');
  const dialog = ben.getByRole('dialog', { name: 'Leave without saving?' });
  const elsewhere = ben.getByRole('link', { name: 'Instances', exact: true }).first();
  await elsewhere.click();
  await sees(dialog);
  await shot(ben, 'leave');
  assert.deepEqual(await axeFindings(ben), []);
  await dialog.getByRole('button', { name: 'Stay here' }).click();
  await seesNoMore(dialog);
  assert.equal(await name.inputValue(), 'Half a thought');
  await elsewhere.click();
  await dialog.getByRole('button', { name: 'Leave, and lose it' }).click();
  await sees(heading(ben, 'Instances'));
}

const told = (page) => page.getByRole('alert').filter({ hasText: 'changed this while you were editing' });
const side = (page, title) => page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

async function seesTheConflict(page, theirs, mine) {
  await sees(told(page).getByText(/^admin changed this while you were editing: DefinitionUpdated, .*Nothing of yours was saved/));
  await sees(side(page, 'Latest').getByText(theirs));
  await sees(side(page, 'Yours').getByText(mine));
}

async function jsonOfDefaults(page) {
  await page.getByRole('tab', { name: 'JSON' }).click();
  return jsonIn(page, 'Defaults');
}
