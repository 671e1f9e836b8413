// Starting an instance without a mouse: every step by Tab, arrows, Space and Enter, and always visible where one is.
import assert from 'node:assert/strict';
import { Operator } from '../operator.mjs';
import { heading, notice, sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf } from '../steady-maker.mjs';

/** More stops than any page has: then it is not to be reached. */
const MOST_STOPS = 80;

export async function journey({ server, page, shot }) {
  await (await Operator.signIn(server)).createDefinition(STEADY_MAKER);
  await signIn(page, server);
  await page.reload();
  await sees(heading(page, 'Overview'));
  await page.keyboard.press('Tab');
  assert.equal((await focused(page)).name, 'Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Start an instance');
  await page.keyboard.press('Enter');
  await sees(heading(page, 'Start an instance'));
  await tabTo(page, 'Definition');
  // A closed list's options are never visible, only there
  await page.getByRole('option', { name: /steady/i, includeHidden: true }).waitFor({ state: 'attached' });
  await page.keyboard.type('steady');
  await sees(page.getByRole('textbox', { name: 'User id' }));
  await fills(page, 'User id', 'ana');
  await fills(page, 'Client id', 'desk');
  await fills(page, 'Order amount', '-1');
  await tabTo(page, 'Validate');
  await page.keyboard.press('Enter');
  await sees(page.getByText('It cannot be started like this.'));
  await shot(page, 'errors');
  // Back up to the summary, whose link leads to the field
  await tabTo(page, 'orderAmount: must be greater than 0', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await until('the link leads to the field', async () => (await focused(page)).name.startsWith('Order amount '));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('2.50');
  await tabTo(page, 'Validate');
  await page.keyboard.press('Space');
  await sees(page.getByText('This will run exactly as shown.'));
  await tabTo(page, 'Start');
  await shot(page, 'about-to-start');
  await page.keyboard.press('Enter');
  await sees(heading(page, keyOf('ana')));
  await sees(notice(page, /started: confirmed by InstanceStarted/));
  await stops(page);
}

async function fills(page, name, value) {
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
}

/** In a dialog the keyboard stays inside, Escape leaves it, and the focus is back where it was. */
async function stops(page) {
  await tabTo(page, 'Stop');
  await page.keyboard.press('Enter');
  await sees(page.getByRole('dialog'));
  for (let stop = 0; stop < 8; stop += 1) {
    await page.keyboard.press('Tab');
    assert.ok((await focused(page)).inDialog, 'the focus stays in the dialog');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await until('the focus is back on the button', async () => (await focused(page)).name === 'Stop');
}

async function tabTo(page, name, key = 'Tab') {
  const passed = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const here = await focused(page);
    if (here.name === name || (!here.isButton && here.name.startsWith(`${name} `))) {
      assert.ok(await page.evaluate(looksDifferentFocused), `${name} shows that it has the focus`);
      return;
    }
    passed.push(here.name);
    await page.keyboard.press(key);
  }
  throw new Error(`${name} is not to be reached by ${key}; passed ${passed.join(' | ')}`);
}

/** What has the focus: its name, and what and where it is. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element.labels?.[0]?.innerText ?? element.getAttribute('aria-label') ?? element.innerText ?? '';
    const name = label.replace(/\s+/g, ' ').trim();
    return { name, isButton: element.tagName === 'BUTTON', inDialog: element.closest('[role="dialog"]') !== null };
  });
}

/** Held against itself without the focus: an outline, or a border or shadow of another kind, says where one is. */
function looksDifferentFocused() {
  const element = document.activeElement;
  const settled = (name) => {
    for (const transition of element.getAnimations()) transition.finish();
    return getComputedStyle(element).getPropertyValue(name);
  };
  const look = () => {
    const outlined = settled('outline-style') !== 'none' && parseFloat(settled('outline-width')) >= 2;
    return [outlined && settled('outline-color'), settled('border-color'), settled('box-shadow')].join();
  };
  const withFocus = look();
  element.blur();
  const without = look();
  element.focus();
  return withFocus !== without;
}
