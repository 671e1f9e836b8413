/** Signs in as people do, and waits until the page is live. */
export async function signIn(page, { baseUrl, password }) {
  await page.goto(`${baseUrl}/login`);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await live(page);
}

/** The header says that what is on screen is live. */
export async function live(page) {
  await page.locator('[data-connection="live"]').waitFor();
}
