/** Waiting for what a person would see. */
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 15_000;

export const sees = (locator) => locator.waitFor();

export const seesNoMore = (locator) => locator.waitFor({ state: 'hidden' });

/** For what no single element shows: asks again until `check` answers something true, and answers that. */
export async function until(what, check) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(50);
  }
}

export const heading = (page, name) => page.getByRole('heading', { level: 1, name });

/** The message in the corner. */
export const notice = (page, text) => page.locator('.notice').filter({ hasText: text });

/** A row of a table by something it says. */
export const row = (page, text) => page.getByRole('row').filter({ hasText: text });

/** Everything a page has is there, also what is loaded only when somebody gets to it. */
export async function seesAll(page) {
  await until('everything is loaded', async () => {
    await page.mouse.wheel(0, 10_000);
    return (await page.locator('[aria-busy="true"], .mantine-Skeleton-root').count()) === 0;
  });
  await page.evaluate(() => window.scrollTo(0, 0));
}
