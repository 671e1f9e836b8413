import { expect, it } from 'vitest';
import { numberLabels, timeLabels } from './labels';

const at = (moment: string) => new Date(moment).getTime() / 1000;

it('says the day once, and again when it changes', () => {
  const seconds = [at('2026-11-22T23:59:50Z'), at('2026-11-22T23:59:55Z'), at('2026-11-23T00:00:00Z')];
  expect(timeLabels(seconds, 5, 'utc', 'en')).toEqual(['23:59:50\n2026-11-22', '23:59:55', '00:00:00\n2026-11-23']);
});

it('leaves out what the distance makes needless', () => {
  const hours = [at('2026-11-22T08:00:00Z'), at('2026-11-22T09:00:00Z')];
  expect(timeLabels(hours, 3_600, 'utc', 'en')).toEqual(['08:00\n2026-11-22', '09:00']);
  const days = [at('2026-11-22T00:00:00Z'), at('2026-11-23T00:00:00Z')];
  expect(timeLabels(days, 86_400, 'utc', 'en')).toEqual(['2026-11-22', '2026-11-23']);
});

it.each([
  [[1.0355, 1.036], 0.0005, ['1.0355', '1.0360']],
  [[0, 0.25], 0.25, ['0.00', '0.25']],
  [[0, 2.5e-7], 2.5e-7, ['0.00000000', '0.00000025']],
  [[0, 200], 100, ['0', '200']],
])('%j at a distance of %d are told apart', (values, distance, labels) => {
  expect(numberLabels(values, distance)).toEqual(labels);
});
