// Which version runs, of the program and of each executor, and the schema that its API speaks.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Operator } from '../operator.mjs';
import { heading, sees } from '../see.mjs';
import { signIn } from '../sign-in.mjs';

export async function journey({ server, page }) {
  const operator = await Operator.signIn(server);
  const { about, executors } = await operator.ask('{ about { version commit } executors { type version } }');
  await signIn(page, server);
  await page.goto(`${server.baseUrl}/executors`);
  await sees(heading(page, 'Executors'));
  for (const { type, version } of executors) {
    const card = page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: type, exact: true }) });
    await sees(card.getByText(`${version}, that of the program it is part of`));
  }
  await page.goto(`${server.baseUrl}/about`);
  await sees(page.getByText(`Strategos ${about.version}`, { exact: false }).or(page.getByText(about.version)).first());
  await sees(page.getByText(about.commit ?? 'not known: it was built outside a repository'));
  const link = page.getByRole('link', { name: 'Schema of the GraphQL API (SDL)' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const committed = new URL('../../../api/schema.graphql', import.meta.url);
  assert.equal(await readFile(await download.path(), 'utf8'), await readFile(committed, 'utf8'));
}
