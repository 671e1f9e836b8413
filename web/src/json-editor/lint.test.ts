import { describe, expect, it } from 'vitest';
import { parseJson } from '../json/json-text';
import type { JsonValue } from '../json/value';
import { validateConfig } from '../validation/validate';
import { marksIn } from './lint';

const schema = parseJson(
  '{"required":["pair"],"properties":{"bidSpread":{"minimum":0},"levels":{"items":{"properties":{"price":{"type":"number"}}}}}}',
);
const marked = (text: string) => {
  const check = (value: JsonValue) => validateConfig(schema, value);
  return marksIn(text, check, ({ keyword }) => keyword, ({ message }) => message).map(({ from, to, message }) => [text.slice(from, to), message]);
};

describe('the editor', () => {
  it('marks the value itself', () => {
    expect(marked('{"pair":"p", "bidSpread": -0.10}')).toEqual([['-0.10', 'minimum']]);
    expect(marked('{"pair":"p","levels":[{"price":1},{"price":"2"}]}')).toEqual([['"2"', 'type']]);
  });

  it('marks the object in which a member is missing', () => {
    expect(marked('{"a":1}')).toEqual([['{', 'required']]);
  });

  it('marks where the text stops being JSON', () => {
    const [mark] = marksIn('{"a": 1,}', () => [], () => '', () => '');
    expect(mark?.from).toBe(8);
    expect(marksIn('', () => [], () => '', () => '')).toHaveLength(1);
  });

  it('reads escaped names', () => {
    const text = '{"pair":"p","bid\\u0053pread":-1}';
    expect(marked(text)).toEqual([['-1', 'minimum']]);
  });
});
