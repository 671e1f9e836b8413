// Two versions held against each other: side by side on a desk, one below the other on a phone, and never an empty page.
import assert from 'node:assert/strict';
import { axeFindings } from '../axe.mjs';
import { WIDE } from '../browser.mjs';
import { Operator } from '../operator.mjs';
import { sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER } from '../steady-maker.mjs';

const PHONE = { width: 360, height: 740 };
const { key } = STEADY_MAKER;

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  const defaultConfig = { ...STEADY_MAKER.defaultConfig, orderAmount: 12345 };
  await operator.updateDefinition({ key, defaultConfig });
  await operator.publish({ key, reason: 'More' });
  await signIn(page, server);
  await standsSideBySide(page, server);
  await standsOneBelowTheOther(page, shot);
  await saysThatThereIsNone(page, server);
}

async function standsSideBySide(page, { baseUrl }) {
  await page.goto(`${baseUrl}/definitions/${key}/compare`);
  await sees(page.getByText('12345').first());
  await until('there is a column for each version', async () => (await page.locator('.code-diff .cm-content').count()) === 2);
}

async function standsOneBelowTheOther(page, shot) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(PHONE);
    const content = page.locator('.code-diff .cm-content');
    const { width } = await until('both are in one column', async () => (await content.count()) === 1 && content.boundingBox());
    assert.ok(width > PHONE.width * 0.6, `the text has ${width} px`);
    await sees(page.locator('.cm-deletedChunk').getByText('orderAmount'));
    await sees(page.locator('.cm-changedLine').getByText('12345'));
    assert.deepEqual(await axeFindings(page), []);
    await shot(page, `phone-${colorScheme}`);
  }
  await page.setViewportSize(WIDE);
}

async function saysThatThereIsNone(page, { baseUrl }) {
  await page.goto(`${baseUrl}/definitions/no-such-thing/compare?from=1.0.0&to=2.0.0`);
  await sees(page.getByRole('heading', { level: 2, name: /no-such-thing.* does not exist/ }));
}
