// What a first visit costs, as a browser counts it: nothing in its cache, the sign-in, then the overview until it is quiet.
import assert from 'node:assert/strict';
import { BUDGET } from '../../scripts/first-load.mjs';
import { sees, until } from '../see.mjs';
import { live, signIn } from '../sign-in.mjs';

/** Longer than anything a page puts off. */
const QUIET_MS = 3_000;

export const store = { demo: true };

export async function journey({ server, page, shot }) {
  const scripts = new Map();
  let lastAsked = Date.now();
  page.on('request', (request) => {
    if (request.resourceType() === 'script') lastAsked = Date.now();
  });
  page.on('requestfinished', async (request) => {
    if (request.resourceType() !== 'script') return;
    const { responseBodySize } = await request.sizes();
    // What comes from the cache was counted when it came
    if (!scripts.has(request.url())) scripts.set(request.url(), responseBodySize);
  });
  await signIn(page, server);
  await until('nothing more is loaded', () => Date.now() - lastAsked > QUIET_MS);
  const cost = sum(scripts);
  console.log(`        ${cost} bytes of JavaScript from the sign-in to a quiet overview (budget ${BUDGET})`);
  assert.ok(cost > 0 && cost <= BUDGET, `${cost} bytes, the budget is ${BUDGET}:\n${[...scripts].map(([url, size]) => `${size} ${url}`).join('\n')}`);
  await shot(page, 'overview');
  await loadsTheChartsWhenTheyAreSeen(page, scripts);
}

async function loadsTheChartsWhenTheyAreSeen(page, scripts) {
  const drawn = () => [...scripts.keys()].some((url) => url.includes('/Plot-'));
  assert.ok(!drawn(), 'nobody has seen a chart yet');
  const end = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.mouse.wheel(0, end);
  await sees(page.getByRole('figure', { name: 'Instances by state' }).locator('canvas'));
  await until('the charts are loaded', drawn);
  await live(page);
  console.log(`        ${sum(scripts)} bytes once the charts were seen`);
}

const sum = (scripts) => [...scripts.values()].reduce((whole, size) => whole + size, 0);
