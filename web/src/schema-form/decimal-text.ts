/** What a number field's text means. Nothing is clamped, rounded or rewritten. */
import { ExactNumber, isJsonNumber, numberFromText } from '../json/exact-number';

/** The number, or the text itself while it is none: the validator then says so at the field. */
export function valueOfDecimalText(text: string): number | ExactNumber | string | undefined {
  if (text === '') return undefined;
  return isJsonNumber(text) ? numberFromText(text) : text;
}

export function textOfDecimal(value: unknown): string {
  if (value instanceof ExactNumber || typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}
