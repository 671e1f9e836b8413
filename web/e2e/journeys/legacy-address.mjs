// Bookmarks of the original's strategies screen lead to what took its place, whether signed in or not.
import { NOT_SIGNED_IN } from '../complaints.mjs';
import { heading, row, sees } from '../see.mjs';

export async function journey({ server: { baseUrl, password }, page, complaints }) {
  await complaints.expecting(NOT_SIGNED_IN, async () => {
    await page.goto(`${baseUrl}/manage/settings/strategies`);
    await page.getByLabel('Password', { exact: true }).fill(password);
  });
  await page.keyboard.press('Enter');
  await seesTheStrategies(page);
  await page.goto(`${baseUrl}/manage/settings/strategies`);
  await seesTheStrategies(page);
}

async function seesTheStrategies(page) {
  await sees(heading(page, 'Definitions'));
  for (const key of ['pure-market-making', 'arbitrage', 'volume']) await sees(row(page, key).first());
}
