import { expect, it } from 'vitest';
import { onOneLine, reasonOf } from './ReasonField';

it('is one line, as the server wants it, however it was pasted', () => {
  expect(onOneLine('prices are stale\r\n  see\tthe incident \n\nof today')).toBe('prices are stale see the incident of today');
  expect(onOneLine('as it  was typed ')).toBe('as it  was typed ');
});

it('is nothing rather than blanks', () => {
  expect([reasonOf(' \n'), reasonOf(' enough ')]).toEqual([null, 'enough']);
});
