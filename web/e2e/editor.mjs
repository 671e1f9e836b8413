/** The JSON editor, used as people use it: everything selected, something else pasted over it. */
export async function writeJson(page, label, text) {
  const box = editor(page, label);
  await box.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

export const editor = (page, label) => page.getByRole('textbox', { name: label, exact: true }).and(page.locator('.cm-content'));

/** What is in it, line by line as on screen, once it is there. */
export async function jsonIn(page, label) {
  const lines = editor(page, label).locator('.cm-line');
  await lines.filter({ hasText: /\S/ }).first().waitFor();
  return (await lines.allInnerTexts()).join('\n');
}
