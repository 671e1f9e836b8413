import { expect, it } from 'vitest';
import { changesOfRun, inOneOrder } from './timeline';

const at = (position: string) => ({ position });
const positions = (entries: readonly { position: string }[]) => entries.map(({ position }) => position);

it('has the latest first, decisions and changes alike', () => {
  expect(positions(inOneOrder([at('110'), at('9')], [at('12'), at('200')], true))).toEqual(['200', '110', '12', '9']);
});

it('leaves out changes older than the oldest decision it has, until it has them all', () => {
  const decisions = [at('110'), at('50')];
  expect(positions(inOneOrder(decisions, [at('60'), at('40')], false))).toEqual(['110', '60', '50']);
  expect(positions(inOneOrder(decisions, [at('60'), at('40')], true))).toEqual(['110', '60', '50', '40']);
  expect(positions(inOneOrder([], [at('40')], false))).toEqual(['40']);
});

it('knows the changes of one run', () => {
  const event = (position: string, run: number) => ({ position, payloadText: `{"InstanceReconfigured":{"run":${run},"config":{},"changed":[]}}` });
  expect(positions(changesOfRun([event('3', 1), event('7', 12), event('5', 2)], 2))).toEqual(['5']);
});
