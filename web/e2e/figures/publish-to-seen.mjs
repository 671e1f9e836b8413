/** From pressing "Publish" on one page to the new version on somebody else's. */
import { Operator } from '../operator.mjs';
import { live, signIn } from '../sign-in.mjs';
import { STEADY_MAKER } from '../steady-maker.mjs';
import { ms, percentile } from './statistics.mjs';

const TIMES = 30;
const PATIENCE_MS = 10_000;
const { key } = STEADY_MAKER;

export async function publishToSeen({ server, inBrowser, say }) {
  await (await Operator.signIn(server)).createDefinition(STEADY_MAKER);
  await inBrowser(async (_context, newVisitor) => {
    // Each in a window in front: a tab behind another is drawn once a second, and clicks wait for that
    const [publisher, detail, list] = await Promise.all(Array.from({ length: 3 }, async () => (await newVisitor()).newPage()));
    for (const page of [publisher, detail, list]) await signIn(page, server);
    const pages = { 'on its page': detail, 'in the list': list };
    await detail.goto(`${server.baseUrl}/definitions/${key}`);
    await list.goto(`${server.baseUrl}/definitions`);
    await publisher.goto(`${server.baseUrl}/definitions/${key}`);
    for (const page of [detail, publisher]) await page.getByRole('heading', { level: 1, name: STEADY_MAKER.name }).waitFor();
    await list.getByRole('row').filter({ hasText: key }).waitFor();
    for (const page of [detail, list, publisher]) await live(page);
    const taken = { 'on its page': [], 'in the list': [] };
    for (let patch = 1; patch <= TIMES; patch += 1) {
      const seen = Object.entries(pages).map(async ([where, page]) => [where, await sight(page, `1.0.${patch}`)]);
      const [pressed, ...sights] = await Promise.all([publish(publisher), ...seen]);
      for (const [where, at] of sights) taken[where].push(at - pressed);
    }
    for (const [where, times] of Object.entries(taken)) {
      say(`${where}, n = ${TIMES}: p50 ${ms(percentile(times, 0.5))}, p99 ${ms(percentile(times, 0.99))}`);
    }
  });
}

/** Presses the last button of the dialog, and answers when: by the clock that all pages share. */
async function publish(page) {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('To be seen');
  const submit = dialog.getByRole('button', { name: /^Publish \d/ });
  const pressed = submit.evaluate((button) => new Promise((done) => {
    button.addEventListener('click', () => done(performance.timeOrigin + performance.now()), { once: true });
  }));
  await submit.click();
  const at = await pressed;
  await dialog.waitFor({ state: 'detached' });
  return at;
}

/** When the page shows the version: the moment it is in the document, not when somebody asked. */
function sight(page, version) {
  return page.evaluate(([text, patience]) => new Promise((done, failed) => {
    const look = () => {
      if (!document.querySelector('main').innerText.split(/\s+/).includes(text)) return;
      observer.disconnect();
      done(performance.timeOrigin + performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    setTimeout(() => failed(new Error(`${text} was not shown: ${document.body.innerText}`)), patience);
  }), [version, PATIENCE_MS]);
}
