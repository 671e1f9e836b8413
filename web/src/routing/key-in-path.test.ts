// Through the router and an address as a browser writes it.
import { createMemoryHistory, createRouter } from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { router } from './router';

const PAGES = [
  '/definitions/$key', '/definitions/$key/edit', '/definitions/$key/compare', '/definitions/$key/changes', '/definitions/$key/backtest',
  '/instances/$key', '/instances/$key/changes',
] as const;

const at = (address: string) => createRouter({ routeTree: router.routeTree, history: createMemoryHistory({ initialEntries: [address] }) });

function addressOf(to: (typeof PAGES)[number], key: string): string {
  return new URL(at('/').buildLocation({ to, params: { key } }).href, 'http://here').pathname;
}

it.each([
  '.', '..', '...', '~', '~.', '~..', '~~.', '.a', 'a/b', '/', '../x', 'x/..', 'a/', '%', '%2E', '%2e%2e', '%2F', '%25', 'a?b', '?', '#', 'a#b', 'a b', ' ', '\\', '..\\',
  ';', '@', ':', '$key', '+', '&=', 'é', '键', '🐙', '\t', 'a\nb', '{}', 'edit',
])('%j is found at its address', (key) => {
  for (const to of PAGES) {
    const there = at(addressOf(to, key));
    const page = there.matchRoutes(there.latestLocation).at(-1);
    expect([page?.routeId, page?.params]).toEqual([`/inside${to}`, { key }]);
  }
});

it.each(['pure-market-making', 'v1.2', 'demo-demo-volume', '~'])('%s has the address it always had', (key) => {
  expect(addressOf('/definitions/$key', key)).toBe(`/definitions/${key}`);
});
