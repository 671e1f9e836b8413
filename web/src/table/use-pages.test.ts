import { describe, expect, it } from 'vitest';
import { joined, onTop } from './use-pages';

it('a further page adds its rows, and where the list was read stays', () => {
  const first = { nodes: ['a', 'b'], pageInfo: { hasNextPage: true, endCursor: 'b' }, readAt: '7' };
  const second = { nodes: ['c'], pageInfo: { hasNextPage: false, endCursor: 'c' }, readAt: '9' };
  expect(joined(first, second)).toEqual({ nodes: ['a', 'b', 'c'], pageInfo: second.pageInfo, readAt: '7' });
});

describe('what is new', () => {
  const list = (nodes: string[], endCursor: string | null) => ({ nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } });
  const key = (row: string) => row;

  it('is put on top of what was shown, and the list goes on where it ended', () => {
    const after = onTop(list(['c', 'b', 'a'], 'a'), list(['e', 'd', 'c'], 'c'), key);
    expect(after).toEqual(list(['e', 'd', 'c', 'b', 'a'], 'a'));
  });

  it('takes the place of what was shown where rows between the two were missed', () => {
    expect(onTop(list(['b', 'a'], null), list(['z', 'y'], 'y'), key)).toEqual(list(['z', 'y'], 'y'));
  });

  it('is the whole list where all of it is on one page', () => {
    expect(onTop(list([], null), list(['b', 'a'], null), key)).toEqual(list(['b', 'a'], null));
  });
});
