import { expect, it } from 'vitest';
import { changesOf } from './switch-changes';

it('is only what was chosen and differs from what is in force', () => {
  expect(changesOf({ mode: 'DUAL', dynamicFlow: true }, { mode: 'DEFINITIONS_FIRST' })).toEqual({ mode: 'DEFINITIONS_FIRST' });
  expect(changesOf({ mode: 'DUAL', dynamicFlow: false }, { mode: 'DUAL', dynamicFlow: true })).toEqual({ dynamicFlow: true });
});

it('leaves alone what somebody else changed meanwhile', () => {
  expect(changesOf({ mode: 'DUAL', dynamicFlow: false }, { mode: 'DEFINITIONS_FIRST' })).not.toHaveProperty('dynamicFlow');
  expect(changesOf({ mode: 'DEFINITIONS_FIRST', dynamicFlow: true }, { mode: 'DEFINITIONS_FIRST' })).toEqual({});
});
