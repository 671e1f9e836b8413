/** Writes the log, page after page, to where it is to go: never more of it in memory than one page. */
// The browser's own digests only what is whole in memory, and only where there is TLS
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { comparePositions, type Position } from '../live/position';
import { ndjson, type StoredEvent } from './ndjson';
import type { Sink } from './sink';

export interface EventPage {
  /** The log's last position when it was read. */
  head: Position;
  nextCursor: string | null;
  nodes: readonly StoredEvent[];
}

export interface Progress {
  count: number;
  /** How far in the log it is, of how much there was when it began. */
  position: Position;
  head: Position;
}

export interface Exported {
  count: number;
  digest: string;
}

/** Throws what `nextPage` throws, and nothing of the file remains; nothing is answered when it was called off. */
export async function exportEvents(
  nextPage: (after: string | null) => Promise<EventPage>,
  sink: Sink,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Exported | undefined> {
  const digest = sha256.create();
  let count = 0;
  let [first, last, head]: (Position | undefined)[] = [];
  try {
    for (let after: string | null | undefined; after !== null; ) {
      const page: EventPage = await nextPage(after ?? null);
      if (signal.aborted) break;
      const end: Position = (head ??= page.head);
      // What is recorded while it is being written is the next export's
      const events = page.nodes.filter(({ position }) => comparePositions(position, end) <= 0);
      const bytes = new TextEncoder().encode(ndjson(events, last));
      digest.update(bytes);
      await sink.write(bytes);
      count += events.length;
      first ??= events[0]?.position;
      last = events.at(-1)?.position ?? last;
      onProgress({ count, position: last ?? '0', head: end });
      after = events.length < page.nodes.length ? null : page.nextCursor;
    }
    if (signal.aborted) {
      await sink.abort();
      return undefined;
    }
    await sink.close(`events-${first ?? '0'}-${last ?? '0'}.ndjson`);
  } catch (error) {
    await sink.abort();
    throw error;
  }
  return { count, digest: bytesToHex(digest.digest()) };
}
