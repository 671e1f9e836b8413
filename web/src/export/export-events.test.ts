import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { exportEvents, type EventPage, type Progress } from './export-events';
import { ndjson, type StoredEvent } from './ndjson';
import { downloadSink } from './sink';

const event = (position: number): StoredEvent => ({
  position: String(position), eventId: 'e', recordedAt: '2026-11-22T00:00:00Z', streamType: 'strategy_instance', streamId: 'ü',
  streamVersion: 1, type: 'InstanceStarted', typeVersion: '1.0', payloadText: '{"a":0.10}', metadataText: '{}',
});
const page = (positions: number[], nextCursor: string | null, head = '5'): EventPage => ({ head, nextCursor, nodes: positions.map(event) });
const pages = (all: EventPage[]) => (after: string | null) => Promise.resolve(all[Number(after ?? 0)] ?? Promise.reject(new Error('no answer')));

function file() {
  const saved: { name: string; file: Blob }[] = [];
  return { saved, sink: downloadSink((name, blob) => saved.push({ name, file: blob })) };
}

it('writes all pages, an empty one between them too, as far as the log went when it began', async () => {
  const { saved, sink } = file();
  const told: Progress[] = [];
  const done = await exportEvents(pages([page([1, 2], '1'), page([], '2'), page([4, 5, 6], '3', '6')]), sink, new AbortController().signal, (progress) => told.push(progress));
  const text = ndjson([1, 2, 4, 5].map(event));
  expect(await saved[0]?.file.text()).toBe(text);
  expect(saved[0]?.name).toBe('events-1-5.ndjson');
  expect(done).toEqual({ count: 4, digest: createHash('sha256').update(text).digest('hex') });
  expect(told).toEqual([{ count: 2, position: '2', head: '5' }, { count: 2, position: '2', head: '5' }, { count: 4, position: '5', head: '5' }]);
});

it('leaves no file when it is called off, or when an answer does not come', async () => {
  const { saved, sink } = file();
  const off = new AbortController();
  expect(await exportEvents(pages([page([1], '1'), page([2], null)]), sink, off.signal, () => off.abort())).toBeUndefined();
  await expect(exportEvents(pages([page([1], '7')]), sink, new AbortController().signal, () => undefined)).rejects.toThrow('no answer');
  expect(saved).toEqual([]);
});

it('writes no file that is out of order from one page to the next', async () => {
  const { saved, sink } = file();
  await expect(exportEvents(pages([page([3], '1'), page([2], null)]), sink, new AbortController().signal, () => undefined)).rejects.toThrow('position 2 follows 3');
  expect(saved).toEqual([]);
});
