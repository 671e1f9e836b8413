import { expect, it } from 'vitest';
import { asOfInput, asOfPosition, isUnreadable, readAsOf } from './as-of';

it.each([
  ['1204', { position: '1204' }],
  ['1\u202f204', { position: '1204' }],
  ['007', { position: '7' }],
  ['0', { position: '0' }],
  ['2026-11-22T09:05', { time: '2026-11-22T09:05:00.000Z' }],
  ['2026-11-22T09:05:00+02:00', { time: '2026-11-22T07:05:00.000Z' }],
  ['-1', undefined],
  ['yesterday', undefined],
  ['2026-13-41T09:05', undefined],
  ['', undefined],
])('%s', (text, asOf) => {
  expect(readAsOf(text)).toEqual(asOf);
});

it('is no moment, or none was asked for', () => {
  expect(['yesterday', '-1'].map(isUnreadable)).toEqual([true, true]);
  expect(['7', '2026-11-22T09:05', undefined].map(isUnreadable)).toEqual([false, false, false]);
});

it('is one of the two for the server', () => {
  expect(asOfInput({ position: '7' })).toEqual({ position: '7', time: null });
  expect(asOfInput(undefined)).toBeNull();
  expect(asOfPosition('7')).toEqual({ position: '7', time: null });
  expect(asOfPosition(null)).toBeNull();
});
