import { expect, it } from 'vitest';
import { eventLine, ndjson, type StoredEvent } from './ndjson';

const event = (position: string, payloadText = '{"a":0.10}'): StoredEvent => ({
  position, eventId: 'e', recordedAt: '2026-11-22T00:00:00.000Z', streamType: 'strategy_instance', streamId: 'u"-c',
  streamVersion: 1, type: 'InstanceStarted', typeVersion: '1.0', payloadText, metadataText: '{"actor":{}}',
});

it('keeps what is stored to the byte', () => {
  expect(eventLine(event('7', '{"price": 0.10, "big":123456789012345678901234567890}'))).toBe(
    '{"position":"7","stream":"strategy_instance/u\\"-c","version":1,"event_id":"e","event_type":"InstanceStarted",' +
      '"event_version":"1.0","recorded_at":"2026-11-22T00:00:00.000000Z",' +
      '"payload":{"price": 0.10, "big":123456789012345678901234567890},"metadata":{"actor":{}}}\n',
  );
});

it('is one event a line, in commit order', () => {
  const text = ndjson([event('9'), event('10')]);
  expect(text.split('\n')).toHaveLength(3);
  expect(() => ndjson([event('10'), event('9')])).toThrow('position 9 follows 10');
  expect(ndjson([])).toBe('');
});

it.each([
  ['2026-11-22T00:00:00.123Z', '2026-11-22T00:00:00.123000Z'],
  ['2026-11-22T00:00:00.123456Z', '2026-11-22T00:00:00.123456Z'],
  ['2026-11-22T00:00:00Z', '2026-11-22T00:00:00.000000Z'],
])('writes %s as the replay tool does', (recordedAt, written) => {
  expect(eventLine({ ...event('1'), recordedAt })).toContain(`"recorded_at":"${written}"`);
});
