import { expect, it } from 'vitest';
import { oneOf, ordinalIn, ownPath, positionIn, severalOf, textIn, textsIn, yesOrNo } from './search';

it('takes from an address only what makes sense', () => {
  expect([textIn('a'), textIn(1204), textIn(''), textIn({})]).toEqual(['a', '1204', undefined, undefined]);
  expect([oneOf('b', ['a', 'b']), oneOf('c', ['a', 'b'])]).toEqual(['b', undefined]);
  expect([severalOf(['b', 'x'], ['a', 'b']), severalOf('a', ['a']), severalOf(undefined, ['a'])]).toEqual([['b'], ['a'], undefined]);
  expect([textsIn(['a', '', 5]), textsIn([])]).toEqual([['a', '5'], undefined]);
  expect([yesOrNo(true), yesOrNo('true')]).toEqual([true, undefined]);
  expect([ordinalIn(3), ordinalIn('3'), ordinalIn(0), ordinalIn(1.5), ordinalIn('x'), ordinalIn([])]).toEqual([3, 3, undefined, undefined, undefined, undefined]);
  expect([positionIn('12'), positionIn(12), positionIn('1e3'), positionIn('-1'), positionIn(true)]).toEqual(['12', '12', undefined, undefined, undefined]);
});

it.each(['/events?type=A#here', '/definitions/%2Fx/edit'])('%s is a path of our own', (path) => {
  expect(ownPath(path)).toBe(path);
});

it.each(['https://example.org/', '//example.org/', '/\\example.org/', '\\\\example.org', 'javascript:alert(1)', '/\t/example.org/', '', undefined, {}])(
  '%j is none',
  (path) => {
    expect(ownPath(path)).toBeUndefined();
  },
);
