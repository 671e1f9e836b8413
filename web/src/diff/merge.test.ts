import { expect, it } from 'vitest';
import { parseJson, toJsonText } from '../json/json-text';
import { merged } from './merge';

function merge(base: string, mine: string, theirs: string) {
  const { value, both } = merged(parseJson(base), parseJson(mine), parseJson(theirs));
  return { text: value === undefined ? undefined : toJsonText(value), both: both.map(({ pointer }) => pointer) };
}

it.each([
  ['each has changed another member', '{"a":1,"b":2}', '{"a":1,"b":3}', '{"a":9,"b":2}', '{"a":9,"b":3}'],
  ['at any depth', '{"x":{"a":1,"b":2}}', '{"x":{"a":1,"b":3}}', '{"x":{"a":9,"b":2}}', '{"x":{"a":9,"b":3}}'],
  ['both have added', '{}', '{"b":{"m":1}}', '{"a":0,"b":{"t":2}}', '{"a":0,"b":{"t":2,"m":1}}'],
  ['one has removed', '{"a":1,"b":2}', '{"b":2}', '{"a":1,"b":3}', '{"b":3}'],
  ['the other has removed', '{"a":1,"b":2}', '{"a":1,"b":3}', '{"b":2}', '{"b":3}'],
  ['both did the same', '{"a":1}', '{"a":2.0}', '{"a":2}', '{"a":2}'],
  ['in items of a list', '[{"p":1},{"p":2}]', '[{"p":5},{"p":2}]', '[{"p":1},{"p":6}]', '[{"p":5},{"p":6}]'],
  ['only how a number is written', '{"a":0.1,"b":1}', '{"a":0.10,"b":1}', '{"a":0.3,"b":1}', '{"a":0.3,"b":1}'],
])('keeps both where %s', (_, base, mine, theirs, both) => {
  expect(merge(base, mine, theirs)).toEqual({ text: both, both: [] });
});

it.each([
  ['a value', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":3,"b":5}', '{"a":2,"b":5}', ['/a']],
  ['a value that is gone', '{"a":{"x":1}}', '{}', '{"a":{"x":2}}', '{}', ['/a']],
  ['a value that they took out', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"b":1}', '{"b":1,"a":2}', ['/a']],
  ['a list that grew', '{"l":["p"]}', '{"l":["p","m"]}', '{"l":["p","t"]}', '{"l":["p","m"]}', ['/l']],
  ['an added member', '{}', '{"a/b":1}', '{"a/b":2}', '{"a/b":1}', ['/a~1b']],
])('names %s that both changed, and takes mine', (_, base, mine, theirs, text, both) => {
  expect(merge(base, mine, theirs)).toEqual({ text, both });
});

it('loses no digit', () => {
  const careful = '0.12345678901234567890123';
  expect(merge('{"a":1,"b":1}', `{"a":${careful},"b":1}`, '{"a":1,"b":0.30}').text).toBe(`{"a":${careful},"b":0.30}`);
});
