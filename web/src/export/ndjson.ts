/**
 * Events as lines of JSON in commit order: each line is put together from the texts the log stores, so nothing is
 * rewritten on the way, and the file reads like the replay tool's.
 */
import { comparePositions, type Position } from '../live/position';

export interface StoredEvent {
  position: string;
  eventId: string;
  recordedAt: string;
  streamType: string;
  streamId: string;
  streamVersion: number;
  type: string;
  typeVersion: string;
  payloadText: string;
  metadataText: string;
}

/** The same members, in the same order and notation, as `strategos-replay show` prints. */
export function eventLine(event: StoredEvent): string {
  const members: [string, string][] = [
    ['position', JSON.stringify(event.position)],
    ['stream', JSON.stringify(`${event.streamType}/${event.streamId}`)],
    ['version', String(event.streamVersion)],
    ['event_id', JSON.stringify(event.eventId)],
    ['event_type', JSON.stringify(event.type)],
    ['event_version', JSON.stringify(event.typeVersion)],
    ['recorded_at', JSON.stringify(inMicroseconds(event.recordedAt))],
    // As stored, not parsed and printed again: a digest must not depend on who printed it
    ['payload', event.payloadText],
    ['metadata', event.metadataText],
  ];
  return `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}\n`;
}

/** `…:01.500Z` as `…:01.500000Z`: always six digits. */
function inMicroseconds(moment: string): string {
  return moment.replace(/(?:\.(\d{1,6}))?Z$/, (_all, fraction: string | undefined) => `.${(fraction ?? '').padEnd(6, '0')}Z`);
}

/** Throws where the events are not in commit order, nor after what was written before: such a file would mislead whoever replays it. */
export function ndjson(events: readonly StoredEvent[], after?: Position): string {
  events.forEach((event, index) => {
    const before = events[index - 1]?.position ?? after;
    if (before !== undefined && comparePositions(before, event.position) >= 0) {
      throw new Error(`position ${event.position} follows ${before}`);
    }
  });
  return events.map(eventLine).join('');
}
