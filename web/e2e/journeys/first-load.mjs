// What a first visit costs, as a browser counts it: nothing in its cache, the sign-in, then the overview until it is quiet.
import assert from 'node:assert/strict';
import { BUDGET } from '../../scripts/first-load.mjs';
import { sees, until } from '../see.mjs';
import { live, signIn } from '../sign-in.mjs';

/** Longer than anything a page puts off. */
const QUIET_MS = 3_000;

const IN_ENGLISH = { password: 'Password', submit: 'Sign in', overview: 'Overview', chart: 'Instances by state' };
const IN_CHINESE = { password: '密码', submit: '登录', overview: '概览', chart: '各状态的实例数' };

export const store = { demo: true };

export async function journey({ server, newVisitor, shot }) {
  for (const [locale, words] of [['en-GB', IN_ENGLISH], ['zh-CN', IN_CHINESE]]) {
    const page = await (await newVisitor(locale)).newPage();
    await visit({ server, page, locale, words });
    await shot(page, `overview-${locale}`);
  }
}

/** Somebody whose browser asks for that language, for the first time. */
async function visit({ server, page, locale, words }) {
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
  await signIn(page, server, words);
  await until('nothing more is loaded', () => Date.now() - lastAsked > QUIET_MS);
  const cost = sum(scripts);
  console.log(`        ${cost} bytes of JavaScript from the sign-in to a quiet overview, ${locale} (budget ${BUDGET})`);
  assert.ok(cost > 0 && cost <= BUDGET, `${cost} bytes, the budget is ${BUDGET}:\n${[...scripts].map(([url, size]) => `${size} ${url}`).join('\n')}`);
  await loadsTheChartsWhenTheyAreSeen(page, scripts, words.chart);
}

async function loadsTheChartsWhenTheyAreSeen(page, scripts, chart) {
  const drawn = () => [...scripts.keys()].some((url) => url.includes('/Plot-'));
  assert.ok(!drawn(), 'nobody has seen a chart yet');
  const end = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.mouse.wheel(0, end);
  await sees(page.getByRole('figure', { name: chart }).locator('canvas'));
  await until('the charts are loaded', drawn);
  await live(page);
  console.log(`        ${sum(scripts)} bytes once the charts were seen`);
}

const sum = (scripts) => [...scripts.values()].reduce((whole, size) => whole + size, 0);
