// The pages in Chinese: chosen once, kept, refusals said in Chinese as well, nothing axe objects to and nothing too wide.
import assert from 'node:assert/strict';
import { axeFindings } from '../axe.mjs';
import { WIDE } from '../browser.mjs';
import { ROUTES } from '../routes.mjs';
import { sees, seesAll } from '../see.mjs';
import { signIn } from '../sign-in.mjs';

const NARROW = { width: 360, height: 740 };
const KEY = 'demo-demo-pureMarketMaking';

export const store = { demo: true };

export async function journey({ page, server, shot }) {
  await signIn(page, server);
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByText('中文', { exact: true }).click();
  await sees(page.getByRole('heading', { level: 1, name: '概览' }));
  await page.reload();
  await sees(page.getByRole('heading', { level: 1, name: '概览' }));
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh');
  await isRefusedAtTheField(page, server, shot);
  await isRefusedInADialog(page, server, shot);
  await looksEverywhere(page, server);
}

async function isRefusedAtTheField(page, { baseUrl }, shot) {
  await page.goto(`${baseUrl}/instances/new?definition=pure-market-making`);
  await page.getByRole('button', { name: '校验' }).click();
  await sees(page.getByRole('link', { name: 'userId 为必填' }));
  await sees(page.getByText('无法这样启动。'));
  await shot(page, 'start-refused');
}

async function isRefusedInADialog(page, { baseUrl }, shot) {
  await page.goto(`${baseUrl}/instances/${KEY}`);
  await page.getByRole('button', { name: '停止', exact: true }).click();
  const stop = page.getByRole('dialog', { name: `停止 ${KEY}` });
  await stop.getByRole('button', { name: '停止', exact: true }).click();
  await sees(stop.getByText('请说明原因：它会写入历史'));
  await page.goto(`${baseUrl}/definitions/pure-market-making`);
  await page.getByRole('button', { name: '发布' }).click();
  const publish = page.getByRole('dialog', { name: '发布 pure-market-making' });
  // What is suggested comes when it is known, and would come into what is typed
  await sees(publish.getByText(/^建议：/));
  await publish.getByRole('textbox', { name: '新版本' }).fill('1.0.0');
  await publish.getByRole('textbox', { name: '原因' }).fill('版本重复');
  await publish.getByRole('button', { name: /^发布/ }).click();
  await sees(publish.getByText(/^此版本已存在（Version 1\.0\.0 already exists for definition pure-market-making）$/));
  await shot(page, 'publish-refused');
}

async function looksEverywhere(page, { baseUrl }) {
  const findings = [];
  for (const { path, name } of ROUTES) {
    await page.setViewportSize(WIDE);
    await page.goto(baseUrl + path);
    await sees(page.getByRole('heading', { level: 1 }));
    await seesAll(page);
    findings.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`));
    await page.setViewportSize(NARROW);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > NARROW.width) findings.push(`${name}: ${width} px wide on a screen of ${NARROW.width}`);
  }
  assert.deepEqual(findings, []);
}
