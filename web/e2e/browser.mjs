// Headless Chromium as the tests want it: fresh, quiet, and strict about what pages complain of.
import { chromium } from 'playwright-core';

const QUIET = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
export const WIDE = { width: 1280, height: 900 };
/** Whoever waits longer than this for something to appear has been let down. */
const PATIENCE_MS = 15_000;

/** Opens a browser, hands it to `use`, and closes it whatever happens. */
export async function withBrowser(use) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Somebody with a browser of their own: no cookies, nothing cached, nothing remembered. */
export async function visitor(browser, baseUrl, complaints, locale = 'en-GB') {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', locale, acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript(() => {
    // Nobody is there to answer the browser's own question for a file
    delete window.showSaveFilePicker;
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on('page', (page) => listen(page, new URL(baseUrl).origin, complaints));
  return context;
}

function listen(page, ownOrigin, complaints) {
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    complaints.add(`console: ${message.text()}${url ? ` (${url})` : ''}`);
  });
  page.on('pageerror', (error) => complaints.add(`error: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== ownOrigin && !['blob:', 'data:'].includes(protocol)) complaints.add(`request to ${origin}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(ownOrigin).host) complaints.add(`socket to ${socket.url()}`);
  });
}
