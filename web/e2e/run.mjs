// Runs the journeys against the program E2E_PROGRAM names, on a store of its own; or against a server
// that is up, which E2E_URL and E2E_PASSWORD name.
// `npm run e2e -- start` runs only the journeys whose name contains "start".
import { mkdir, readdir } from 'node:fs/promises';
import { signIn } from './sign-in.mjs';
import { startServer } from './server.mjs';
import { strictPage, withBrowser } from './browser.mjs';

const { E2E_PROGRAM: binary, E2E_URL, E2E_PASSWORD } = process.env;
if (!binary && !(E2E_URL && E2E_PASSWORD)) {
  console.error('set E2E_PROGRAM to the program, or E2E_URL and E2E_PASSWORD to a running server and its password');
  process.exit(2);
}
const { baseUrl, password, stop } = binary
  ? await startServer(binary)
  : { baseUrl: E2E_URL, password: E2E_PASSWORD, stop: async () => {} };
const output = new URL('./output/', import.meta.url).pathname;
await mkdir(output, { recursive: true });
const wanted = process.argv[2] ?? '';
const files = (await readdir(new URL('./journeys/', import.meta.url))).filter((file) => file.endsWith('.mjs')).sort();

let passed = 0;
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
    passed += 1;
    console.log(`ok      ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}`);
  }
}
await stop();
console.log(` Tests  ${passed} passed | ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
