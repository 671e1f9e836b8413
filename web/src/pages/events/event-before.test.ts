import { expect, it } from 'vitest';
import { eventBefore, untilThen, type EventBefore } from './event-before';

const event = { streamType: 'execution', streamId: 'a#1', streamVersion: 2884, recordedAt: '2026-11-22T09:00:00.250Z' };
const stored = (streamVersion: number): EventBefore => ({ id: `e${streamVersion}`, position: String(streamVersion + 7), streamVersion, type: 'TickSkipped', payloadText: '{}' });

/** Pages of a stream, the newest first, and which cursors were asked for. */
function pagesOf(...pages: number[][]) {
  const asked: (string | null)[] = [];
  const ask = async (after: string | null) => {
    asked.push(after);
    const at = after === null ? 0 : Number(after);
    const more = at + 1 < pages.length;
    return { nodes: (pages[at] ?? []).map(stored), pageInfo: { hasNextPage: more, endCursor: more ? String(at + 1) : null } };
  };
  return { ask, asked };
}

it('is found far from the stream\'s beginning, at the first look', async () => {
  const { ask, asked } = pagesOf([2884, 2883, 2882], [2881]);
  expect((await eventBefore(event, ask))?.position).toBe('2890');
  expect(asked).toEqual([null]);
});

it('is found behind many of the same moment, and behind a page without any', async () => {
  expect((await eventBefore(event, pagesOf([2886, 2885], [], [2884, 2883]).ask))?.streamVersion).toBe(2883);
});

it('is nothing where it is not recorded, and then nobody reads on to the beginning', async () => {
  const { ask, asked } = pagesOf([2884, 2882], [2881]);
  expect(await eventBefore(event, ask)).toBeUndefined();
  expect(asked).toHaveLength(1);
});

it('is looked for in its stream, from its own moment on', () => {
  expect(untilThen(event)).toEqual({ streamType: ['execution'], streamId: 'a#1', until: '2026-11-22T09:00:00.251Z' });
});
