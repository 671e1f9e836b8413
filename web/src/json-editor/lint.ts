/** What the editor marks: text that is no JSON, and values that the form's own validator refuses. */
import { jsonLanguage } from '@codemirror/lang-json';
import { parseJson } from '../json/json-text';
import type { JsonValue } from '../json/value';
import type { Violation } from '../validation/violation';
import { faultyField } from '../validation/violation';
import { placeOf, type Place } from './places';

export interface Mark extends Place {
  message: string;
}

export function marksIn(
  text: string,
  check: (value: JsonValue) => Violation[],
  sentence: (violation: Violation) => string,
): Mark[] {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch (error) {
    return [unreadable(text, error instanceof Error ? error.message : String(error))];
  }
  const tree = jsonLanguage.parser.parse(text);
  return check(value).map((violation) => ({
    ...placeOf(tree, text, faultyField(violation)),
    message: sentence(violation),
  }));
}

/** The parser names the position in its message. */
function unreadable(text: string, message: string): Mark {
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const from = Math.min(at, Math.max(0, text.length - 1));
  return { from, to: Math.min(from + 1, text.length), message };
}
