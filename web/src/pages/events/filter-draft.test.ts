import { expect, it } from 'vitest';
import { draftOf, searchOf, typeSuggestions } from './filter-draft';

const NOTHING = draftOf({});

it('is read when it is applied: several types, and names with spaces in them', () => {
  const draft = { ...NOTHING, type: ' DefinitionUpdated, InstanceStarted ', actor: ' Ana of the desk ', streamType: 'execution', stream: 'a b#1' };
  expect(searchOf(draft)).toMatchObject({ type: ['DefinitionUpdated', 'InstanceStarted'], actor: 'Ana of the desk', stream: 'a b#1' });
});

it('asks for nothing where nothing was typed', () => {
  expect(Object.values(searchOf({ ...NOTHING, type: ' ,', stream: 'of no type' })).filter((value) => value !== undefined)).toEqual([]);
});

it('shows again what the address says', () => {
  const search = { type: ['A', 'B'], actor: 'ana', streamType: 'execution' as const, stream: 'x#1', from: '2026-11-22T09:00', oldest: true };
  expect(searchOf(draftOf(search))).toEqual({ ...search, until: undefined });
});

it('suggests a further type after those that are there', () => {
  expect(typeSuggestions('InstanceSt')).toContain('InstanceStarted');
  expect(typeSuggestions('InstanceStarted, Inst')).toContain('InstanceStarted, InstanceStopped');
  expect(typeSuggestions('InstanceStarted, ')).not.toContain('InstanceStarted, InstanceStarted');
});
