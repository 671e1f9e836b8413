import { expect, it } from 'vitest';
import { eventLine, ndjson, type StoredEvent } from './ndjson';

const event = (position: string, payloadText = '{"a":0.10}'): StoredEvent => ({
  position, eventId: 'e', recordedAt: '2026-11-22T00:00:00.000Z', streamType: 'strategy_instance', streamId: 'u"-c',
  streamVersion: 1, type: 'InstanceStarted', typeVersion: '1.0', payloadText, metadataText: '{"actor":{}}',
});

it('keeps what is stored to the byte', () => {
  expect(eventLine(event('7', '{"price": 0.10, "big":123456789012345678901234567890}'))).toBe(
    '{"position":7,"eventId":"e","recordedAt":"2026-11-22T00:00:00.000Z","aggregateType":"strategy_instance",' +
      '"aggregateId":"u\\"-c","sequence":1,"eventType":"InstanceStarted","eventVersion":"1.0",' +
      '"payload":{"price": 0.10, "big":123456789012345678901234567890},"metadata":{"actor":{}}}\n',
  );
});

it('is one event a line, in commit order', () => {
  const text = ndjson([event('9'), event('10')]);
  expect(text.split('\n')).toHaveLength(3);
  expect(() => ndjson([event('10'), event('9')])).toThrow('position 9 follows 10');
  expect(ndjson([])).toBe('');
});
