import { expect, it } from 'vitest';
import { placesFor } from './places';

const known = {
  pages: [{ to: '/', name: 'Overview' }, { to: '/events', name: 'Events' }],
  tasks: [{ to: '/instances/new', name: 'Start an instance' }],
  definitions: [{ key: 'a/b', name: 'Odd' }],
  instances: [{ key: 'ana-desk', about: 'running' }],
};

it('finds pages and tasks by any of their words, in any case', () => {
  expect(placesFor('INST start', known).map(({ to }) => to)).toEqual(['/instances/new', '/definitions/a%2Fb', '/instances/ana-desk']);
  expect(placesFor('', known).map(({ kind }) => kind)).toEqual(['page', 'page', 'task', 'definition', 'instance']);
});

it('says what the server found, as the server chose it', () => {
  expect(placesFor('nothing like it', known)).toEqual([
    { kind: 'definition', to: '/definitions/a%2Fb', name: 'Odd', about: 'a/b' },
    { kind: 'instance', to: '/instances/ana-desk', name: 'ana-desk', about: 'running' },
  ]);
});
