// The emergency stop: one operator stops everything, another page sees it at once, and somebody lets it go on.
import assert from 'node:assert/strict';
import { axeFindings } from '../axe.mjs';
import { Operator } from '../operator.mjs';
import { notice, sees, seesNoMore, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const WHY = 'The venue shows prices of yesterday';

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  for (const user of ['ana', 'ben']) await operator.start(quoting(user));
  await signIn(page, server);
  const other = await page.context().newPage();
  await other.goto(`${server.baseUrl}/instances/${keyOf('ana')}`);
  await other.getByRole('tab', { name: 'Quotes and fills' }).click();
  const open = other.getByRole('table', { name: 'Orders' }).getByText('open', { exact: true });
  await sees(open.first());

  await page.getByRole('button', { name: 'Stop all trading' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop all trading' });
  await dialog.getByRole('button', { name: 'Stop all trading' }).click();
  await sees(dialog.locator('.mantine-Textarea-error'));
  assert.deepEqual(await axeFindings(page), []);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(WHY);
  await shot(page, 'asking');
  await dialog.getByRole('button', { name: 'Stop all trading' }).click();
  await sees(notice(page, /All trading is stopped: confirmed by TradingHalted at position \d+/));
  for (const one of [page, other]) await sees(one.getByRole('alert').filter({ hasText: WHY }));
  await until('no order is open', async () => (await open.count()) === 0);
  await shot(other, 'halted');
  assert.equal(await page.getByRole('button', { name: 'Stop all trading' }).count(), 0);

  await other.getByRole('button', { name: 'Resume trading' }).click();
  const resume = other.getByRole('dialog', { name: 'Resume trading' });
  await resume.getByRole('textbox', { name: 'Reason' }).fill('Its prices are right again');
  assert.deepEqual(await axeFindings(other), []);
  await resume.getByRole('button', { name: 'Resume trading' }).click();
  await seesNoMore(page.getByRole('alert').filter({ hasText: WHY }));
  await sees(open.first());
}
