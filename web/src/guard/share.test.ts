import { expect, it } from 'vitest';
import { sharesOf } from './share';

const shares = (profit: string, highest: string) =>
  sharesOf({ loss: '100', drawdown: '50', measure: { profit, highest } }).map(({ lost, percent }) => [lost, percent]);

it('counts a loss from the arming and a fall from the highest', () => {
  expect(shares('-25', '0')).toEqual([['25', 25], ['25', 50]]);
  expect(shares('30', '40.5')).toEqual([['0', 0], ['10.5', 21]]);
  expect(shares('0', '0')).toEqual([['0', 0], ['0', 0]]);
});

it('is whole only when the limit is reached, to the last digit', () => {
  expect(shares('-99.99999999999999999999', '0')[0]).toEqual(['99.99999999999999999999', 99]);
  expect(shares('-100', '0')[0]).toEqual(['100', 100]);
  expect(shares('-250', '0')[0]).toEqual(['250', 100]);
});

it('has no share where there is no limit, or nothing was measured', () => {
  expect(sharesOf({ loss: '100', drawdown: null, measure: { profit: '-1', highest: '0' } })).toHaveLength(1);
  expect(sharesOf({ loss: '100', drawdown: null, measure: null })).toEqual([]);
});
