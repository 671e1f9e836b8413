import { expect, it } from 'vitest';
import { askedOfRun, heldAt, inOneOrder } from './timeline';

const at = (position: string) => ({ position });
const positions = (entries: readonly { position: string }[]) => entries.map(({ position }) => position);

it('has the latest first, decisions and what was asked alike', () => {
  expect(positions(inOneOrder([at('110'), at('9')], [at('12'), at('200')], true))).toEqual(['200', '110', '12', '9']);
});

it('leaves out what was asked before the oldest decision it has, until it has them all', () => {
  const decisions = [at('110'), at('50')];
  expect(positions(inOneOrder(decisions, [at('60'), at('40')], false))).toEqual(['110', '60', '50']);
  expect(positions(inOneOrder(decisions, [at('60'), at('40')], true))).toEqual(['110', '60', '50', '40']);
  expect(positions(inOneOrder([], [at('40')], false))).toEqual(['40']);
});

it('knows what was asked of one run', () => {
  const event = (position: string, type: string, run: number) => ({ position, type, payloadText: `{"${type}":{"run":${run},"reason":null}}` });
  const events = [event('9', 'InstanceStopped', 2), event('7', 'InstanceReconfigured', 12), event('5', 'InstanceReconfigured', 2), event('3', 'InstanceStopped', 1)];
  expect(positions(askedOfRun(events, 2))).toEqual(['9', '5']);
});

it('stays as it is being read, and counts what came since', () => {
  const read = (entries: readonly { position: string }[], until: string | undefined) => {
    const { shown, newer } = heldAt(entries, until);
    return [positions(shown), newer];
  };
  expect(read([at('110'), at('12'), at('9')], '12')).toEqual([['12', '9'], 1]);
  expect(read([at('12'), at('9')], '12')).toEqual([['12', '9'], 0]);
  expect(read([at('12')], undefined)).toEqual([['12'], 0]);
  expect(read([at('500'), at('499')], '12')).toEqual([['500', '499'], 0]);
});
