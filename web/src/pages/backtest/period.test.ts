import { expect, it } from 'vitest';
import { beginnings, FIRST_PERIOD, isSamePair, isSeed, pairIn, periodInput, periodText, readPeriod } from './period';

it('may begin on any day that was recorded', () => {
  const days = beginnings({ recordedFrom: '2023-09-12T22:00:00.000Z', recordedUntil: '2023-09-15T21:00:00.000Z' });
  expect(days).toEqual(['2023-09-12T22:00:00.000Z', '2023-09-13T22:00:00.000Z']);
});

it('begins so many days into what was recorded, and at the beginning of what is made up', () => {
  const period = { ...FIRST_PERIOD, day: 2, seed: '7' };
  expect(periodInput(period)).toEqual({ data: 'RECORDED', fromSeconds: 172_800, lengthSeconds: 21_600, stepSeconds: 1, seed: 7 });
  expect(periodInput({ ...period, data: 'GENERATED' }).fromSeconds).toBe(0);
});

it('is kept in the address', () => {
  const period = { data: 'GENERATED', day: 3, lengthSeconds: 3_600, stepSeconds: 5, seed: '42' } as const;
  expect(readPeriod(periodText(period))).toEqual(period);
  for (const text of [undefined, '', 'RECORDED', 'RECORDED 0 7 5 1', 'NOTHING 0 3600 5 1', 'RECORDED -1 3600 5 1', 'RECORDED 0 3600 5 x']) {
    expect(readPeriod(text)).toEqual(FIRST_PERIOD);
  }
});

it.each([
  ['1', true],
  ['', false],
  ['-1', false],
  ['1.5', false],
  ['9007199254740993', false],
])('%j as a seed: %j', (typed, good) => expect(isSeed(typed)).toBe(good));

it('knows what a configuration trades', () => {
  expect(pairIn({ pair: 'BTC/USDT' })).toBe('BTC/USDT');
  expect(pairIn({ symbol: 'ETH/USDT' })).toBe('ETH/USDT');
  expect(pairIn({ pair: 7 })).toBeUndefined();
  expect(isSamePair('wld-usdt', 'WLD/USDT')).toBe(true);
  expect(isSamePair('BTC/USDT', 'WLD/USDT')).toBe(false);
});
