import { expect, it } from 'vitest';
import { joined } from './use-pages';

it('a further page adds its rows, and where the list was read stays', () => {
  const first = { nodes: ['a', 'b'], pageInfo: { hasNextPage: true, endCursor: 'b' }, readAt: '7' };
  const second = { nodes: ['c'], pageInfo: { hasNextPage: false, endCursor: 'c' }, readAt: '9' };
  expect(joined(first, second)).toEqual({ nodes: ['a', 'b', 'c'], pageInfo: second.pageInfo, readAt: '7' });
});
