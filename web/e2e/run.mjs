// Runs the journeys against a server that is up: STRATEGOS_URL and STRATEGOS_PASSWORD name it.
// `npm run e2e -- start` runs only the journeys whose name contains "start".
import { mkdir, readdir } from 'node:fs/promises';
import { signIn } from './sign-in.mjs';
import { strictPage, withBrowser } from './browser.mjs';

const baseUrl = process.env.STRATEGOS_URL;
const password = process.env.STRATEGOS_PASSWORD;
if (!baseUrl || !password) {
  console.error('set STRATEGOS_URL and STRATEGOS_PASSWORD to a running server and its password');
  process.exit(2);
}
const output = new URL('./output/', import.meta.url).pathname;
await mkdir(output, { recursive: true });
const wanted = process.argv[2] ?? '';
const files = (await readdir(new URL('./journeys/', import.meta.url))).filter((file) => file.endsWith('.mjs')).sort();

let failed = 0;
for (const file of files.filter((name) => name.includes(wanted))) {
  const { journey } = await import(`./journeys/${file}`);
  const name = file.replace(/\.mjs$/, '');
  const began = Date.now();
  try {
    await withBrowser(async (browser) => {
      const { page, complaints } = await strictPage(browser, baseUrl);
      await signIn(page, baseUrl, password);
      await journey({ page, baseUrl, output, complaints });
      if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`);
    });
    console.log(`ok      ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
