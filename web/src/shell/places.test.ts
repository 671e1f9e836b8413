import { expect, it } from 'vitest';
import { placesFor } from './places';

const known = {
  pages: [{ to: '/', name: 'Overview' }, { to: '/events', name: 'Events' }],
  tasks: [{ to: '/instances/new', name: 'Start an instance' }],
  definitions: [{ key: 'a/b', name: 'Odd' }],
  instances: [{ key: 'ana-desk', about: 'running' }],
};

it('finds pages and tasks by any of their words, in any case', () => {
  expect(placesFor('INST start', known).map(({ to }) => to)).toEqual(['/instances/new', '/definitions/$key', '/instances/$key']);
  expect(placesFor('', known).map(({ kind }) => kind)).toEqual(['page', 'page', 'task', 'definition', 'instance']);
});

it('says what the server found, as the server chose it', () => {
  expect(placesFor('nothing like it', known)).toEqual([
    { kind: 'definition', to: '/definitions/$key', params: { key: 'a/b' }, name: 'Odd', about: 'a/b' },
    { kind: 'instance', to: '/instances/$key', params: { key: 'ana-desk' }, name: 'ana-desk', about: 'running' },
  ]);
});
