import { expect, it } from 'vitest';
import { compact, oneOf, severalOf, textIn, textsIn, yesOrNo } from './search';

it('takes from an address only what makes sense', () => {
  expect([textIn('a'), textIn(1204), textIn(''), textIn({})]).toEqual(['a', '1204', undefined, undefined]);
  expect([oneOf('b', ['a', 'b']), oneOf('c', ['a', 'b'])]).toEqual(['b', undefined]);
  expect([severalOf(['b', 'x'], ['a', 'b']), severalOf('a', ['a']), severalOf(undefined, ['a'])]).toEqual([['b'], ['a'], undefined]);
  expect([textsIn(['a', '', 5]), textsIn([])]).toEqual([['a', '5'], undefined]);
  expect([yesOrNo(true), yesOrNo('true')]).toEqual([true, undefined]);
  expect(compact({ a: undefined, b: 0, c: false })).toEqual({ b: 0, c: false });
});
