// Through the router, which lays what a page takes over what the address says.
import { createMemoryHistory, createRouter } from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { router } from './router';

function pageAt(address: string): string | undefined {
  const there = createRouter({ routeTree: router.routeTree, history: createMemoryHistory({ initialEntries: [address] }) });
  return there.matchRoutes(there.latestLocation).at(-1)?.routeId;
}

it.each(['new', 'new-definition', 'edit', 'pmm'])('%s is a key of a definition like any other', (key) => {
  expect(pageAt(`/definitions/${key}`)).toBe('/inside/definitions/$key');
});

it('has the form for a new definition where no key can be', () => {
  expect(pageAt('/new-definition')).toBe('/inside/new-definition');
});

/** What a page at this address has as its search, without what is not set. */
function searchAt(address: string): Record<string, unknown> {
  const there = createRouter({ routeTree: router.routeTree, history: createMemoryHistory({ initialEntries: [address] }) });
  const search = there.matchRoutes(there.latestLocation).at(-1)?.search ?? {};
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

it.each([
  '/login?to=https://example.org/',
  '/login?to=//example.org/',
  '/login?to=/%5Cexample.org/',
  '/instances?status=BAD&observed=NO&linked=2&sort=NO&desc=1',
  '/instances?user={}&client=[]&text=true&definition=[1]',
  '/instances/a-b-c?tab=nonsense&asOf={}&run=last',
  '/instances/new?definition={}&again=[]&run={}&config=[]&user={}&client=[]&order={}&reason=[]',
  '/definitions?sort=NO&enabled=2&drafts=no&text={}',
  '/definitions/pmm?tab=nonsense&version={}',
  '/definitions/pmm/compare?from={}&to=[]',
  '/definitions/pmm/backtest?version={}&period=[]&id={}',
  '/events?actor=[]&type={}&streamType=nonsense&open=first&oldest=1',
])('%s: what is rejected does not reach the page', (address) => {
  expect(searchAt(address)).toEqual({});
});

it.each([
  ['/login?to=/instances?status=1', { to: '/instances?status=1' }],
  ['/instances?status=["RUNNING","BAD"]&sort=KEY&desc=true&user=7', { status: ['RUNNING'], sort: 'KEY', desc: true, user: '7' }],
  ['/events?type=InstanceStarted&streamType=execution&open=12', { type: ['InstanceStarted'], streamType: 'execution', open: '12' }],
  ['/instances/a-b-c?tab=chart&run=2', { tab: 'chart', run: 2 }],
  ['/definitions/pmm/backtest?config=%7B%7D&user=7&client=c&reason=why', { user: '7', client: 'c', reason: 'why' }],
  ['/definitions/pmm?tab=versions&asOf=3', { tab: 'versions', asOf: '3' }],
])('%s: the rest does', (address, search) => {
  expect(searchAt(address)).toEqual(search);
});
