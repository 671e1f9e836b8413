import { expect, it } from 'vitest';
import { readViews, sameSearch, withoutView, withView } from './saved-views';

it.each([
  [null, []],
  ['no JSON', []],
  ['{"name":"x"}', []],
  ['[null,{"name":""},{"name":"a"},{"name":"b","search":{"status":["FAULTED","GONE"],"user":"ana","other":1}}]', [{ name: 'b', search: { status: ['FAULTED'], user: 'ana' } }]],
])('%s', (stored, views) => {
  expect(readViews(stored)).toEqual(views);
});

it('keeps one view of a name, the last', () => {
  const views = withView(withView([{ name: 'a', search: {} }], { name: 'b', search: {} }), { name: 'a', search: { user: 'ana' } });
  expect(views).toEqual([{ name: 'a', search: { user: 'ana' } }, { name: 'b', search: {} }]);
  expect(withoutView(views, 'a').map(({ name }) => name)).toEqual(['b']);
});

it('knows a view whatever the order of its parts', () => {
  expect(sameSearch({ user: 'ana', text: 'x' }, { text: 'x', user: 'ana' })).toBe(true);
  expect(sameSearch({ user: 'ana', text: undefined }, { user: 'ana' })).toBe(true);
  expect(sameSearch({ user: 'ana' }, { user: 'bob' })).toBe(false);
});
