import { expect, it } from 'vitest';
import { en } from '../text/en';
import { zh } from '../text/zh';
import { parseJson } from './json-text';
import { whyUnreadable } from './unreadable';

function why(text: string) {
  try {
    parseJson(text);
  } catch (error) {
    return whyUnreadable(error, text);
  }
  throw new Error('it is JSON');
}

it.each([
  ['{\n  "a": 1,\n  b\n}', 3, 3, undefined],
  ['', 1, 1, undefined],
  ['{"a": 1, "a": 2}', 1, 11, 'a'],
])('%j', (text, line, column, duplicate) => {
  expect(why(text)).toMatchObject({ line, column, duplicate });
});

it('is said in either language', () => {
  expect(en.form.whyUnreadable(why('{"a":1,}'))).toContain('expected');
  expect(zh.form.whyUnreadable(why('{"a":1,}'))).toBe('第 1 行第 8 列有误');
  expect(zh.form.whyUnreadable(why('{"a":1,"a":2}'))).toBe('第 1 行第 9 列：名称“a”重复，且值不同');
});
