/** What the editor marks: text that is no JSON, and values that the form's own validator refuses. */
import { jsonLanguage } from '@codemirror/lang-json';
import { parseJson } from '../json/json-text';
import { whyUnreadable, type Unreadable } from '../json/unreadable';
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
  unreadable: (why: Unreadable) => string,
): Mark[] {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch (error) {
    const why = whyUnreadable(error, text);
    return [{ ...characterAt(text, why.at), message: unreadable(why) }];
  }
  const tree = jsonLanguage.parser.parse(text);
  return check(value).map((violation) => ({
    ...placeOf(tree, text, faultyField(violation)),
    message: sentence(violation),
  }));
}

function characterAt(text: string, at: number): Place {
  const from = Math.min(at, Math.max(0, text.length - 1));
  return { from, to: Math.min(from + 1, text.length) };
}
