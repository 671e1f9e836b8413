/** Whether the browser's own JSON would do: it is quicker, and always there. */
import { ExactNumber } from './exact-number';

/** What stands where a number can stand. Texts may look like it, too: then the careful way is taken for nothing. */
const NUMBERS = /[:,[]\s*(-?\d[-+.\deE]*)(?=[\s,\]}])/g;

/** No number in it would be rewritten. */
export function isPlainJson(text: string): boolean {
  for (const [, number] of text.matchAll(NUMBERS)) {
    if (String(Number(number)) !== number) return false;
  }
  return true;
}

export function hasExactNumber(value: unknown): boolean {
  if (value instanceof ExactNumber) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasExactNumber);
}
