import { expect, it } from 'vitest';
import { eventFilterOf } from './events';
import { pageOfStream } from '../../event/event';

it('asks for a stream only within its type', () => {
  expect(eventFilterOf({ stream: 'pmm' }).streamId).toBeNull();
  expect(eventFilterOf({ stream: 'pmm', streamType: 'strategy_definition' })).toMatchObject({
    streamId: 'pmm', streamType: ['strategy_definition'],
  });
});

it('takes times only where they are times', () => {
  expect(eventFilterOf({ from: '2026-11-22T09:00', until: '12' })).toMatchObject({ from: '2026-11-22T09:00:00.000Z', until: null });
});

it('leads from an execution to its run', () => {
  expect(pageOfStream('execution', 'u#1-c#3')).toEqual({ to: '/instances/$key', params: { key: 'u#1-c' }, search: { tab: 'timeline', run: 3 } });
  expect(pageOfStream('risk_guards', 'guards')).toEqual({ to: '/guards', params: {} });
  expect(pageOfStream('installation', 'installation')).toBeUndefined();
});
