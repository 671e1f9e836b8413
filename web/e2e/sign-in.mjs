const IN_ENGLISH = { password: 'Password', submit: 'Sign in', overview: 'Overview' };

/** Signs in as people do, and waits until the page is live; `words` is what they read. */
export async function signIn(page, { baseUrl, password }, words = IN_ENGLISH) {
  await page.goto(`${baseUrl}/login`);
  await page.getByLabel(words.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: words.submit }).click();
  await page.getByRole('heading', { level: 1, name: words.overview }).waitFor();
  await live(page);
}

/** The dialog over a page whose session has ended. */
export const signInDialog = (page) => page.getByRole('dialog', { name: 'Your session has ended. Sign in again to go on.' });

/** Without leaving the page: what was typed there stays. */
export async function signInAgain(page, { password }) {
  const dialog = signInDialog(page);
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await live(page);
}

/** A session without a page: the cookie that lets a browser in whose cache is empty. */
export async function signInQuietly(context, { baseUrl, password }) {
  const answer = await context.request.post(`${baseUrl}/api/v1/session`, { data: { password }, headers: { origin: baseUrl } });
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
  return context.cookies();
}

/** As if it had been idle for too long, or its holder had signed out on another page. */
export async function endSession(page, { baseUrl }) {
  const answer = await page.context().request.delete(`${baseUrl}/api/v1/session`, { headers: { origin: baseUrl, 'content-type': 'application/json' } });
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
}

/** The header says that what is on screen is live. */
export async function live(page) {
  await page.locator('[data-connection="live"]').waitFor();
}
