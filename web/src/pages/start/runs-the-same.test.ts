import { expect, it } from 'vitest';
import { runsTheSame } from './runs-the-same';

const looked = { valid: true, version: '1.0.0', trading: 'PAPER' as const, effectiveConfig: { bidSpread: 0.1 }, existing: null };

it('is the same while nobody changed anything', () => {
  expect(runsTheSame(looked, { ...looked, effectiveConfig: { bidSpread: 0.1 } })).toBe(true);
});

it.each([
  ['another default', { effectiveConfig: { bidSpread: 0.7 } }],
  ['another version', { version: '1.0.1' }],
  ['real money', { trading: 'LIVE' as const }],
  ['a definition that refuses it by now', { valid: false }],
  ['an instance that somebody else started', { existing: { revision: 1 } }],
])('is not the same with %s', (_what, change) => {
  expect(runsTheSame(looked, { ...looked, ...change })).toBe(false);
});

it('tells one state of an instance from the next', () => {
  const existing = { revision: 1 };
  expect(runsTheSame({ ...looked, existing }, { ...looked, existing: { revision: 1 } })).toBe(true);
  expect(runsTheSame({ ...looked, existing }, { ...looked, existing: { revision: 2 } })).toBe(false);
});
