import { expect, it } from 'vitest';
import type { EventRow } from '../event/event';
import { stepsAround } from './own-events';

const event = (position: string) => ({ id: position, position, type: 'InstanceStopped' }) as EventRow;
const positions = (...of: Parameters<typeof stepsAround>) => {
  const { shown, earlier, later } = stepsAround(...of);
  return [shown?.position, earlier?.position, later?.position];
};

it('goes from one of its own events to the next, however many others lie between', () => {
  expect(positions('90', [event('90'), event('12')], event('400'))).toEqual(['90', '12', '400']);
});

it('goes on from the event that made what is shown, also when the moment lies between two', () => {
  expect(positions('250', [event('90'), event('12')], event('400'))).toEqual(['90', '12', '400']);
});

it('goes from its first event to before it existed, and from there no further', () => {
  expect(positions('12', [event('12')], event('90'))).toEqual(['12', '11', '90']);
  expect(stepsAround('12', [event('12')], undefined).earlier?.event).toBeUndefined();
  expect(positions('11', [], event('12'))).toEqual([undefined, undefined, '12']);
});
