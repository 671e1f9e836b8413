// Every page in light, dark and narrow: nothing axe objects to, nothing wider than the screen, a picture of each.
import { axeFindings } from '../axe.mjs';
import { WIDE } from '../browser.mjs';
import { ROUTES } from '../routes.mjs';
import { seesAll } from '../see.mjs';
import { signIn } from '../sign-in.mjs';

const NARROW = { width: 360, height: 740 };

export const store = { demo: true };

export async function journey({ page, server, output }) {
  await signIn(page, server);
  const findings = [];
  for (const { path, name, heading } of ROUTES) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(WIDE);
      await page.goto(server.baseUrl + path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await seesAll(page);
      await page.screenshot({ path: `${output}${name}-${colorScheme}.png`, fullPage: true });
      findings.push(...(await axeFindings(page)).map((finding) => `${name} ${colorScheme}: ${finding}`));
    }
    await page.setViewportSize(NARROW);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > NARROW.width) findings.push(`${name}: ${width} px wide on a screen of ${NARROW.width}`);
    await page.screenshot({ path: `${output}${name}-narrow.png`, fullPage: true });
  }
  if (findings.length > 0) throw new Error(findings.join('\n'));
}
