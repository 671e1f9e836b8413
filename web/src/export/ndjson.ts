/**
 * Events as lines of JSON in commit order: each line is put together from the texts the log stores, so nothing is
 * rewritten on the way, and the file reads like the replay tool's.
 */
import { comparePositions } from '../live/position';

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

export function eventLine(event: StoredEvent): string {
  const members: [string, string][] = [
    ['position', event.position],
    ['eventId', JSON.stringify(event.eventId)],
    ['recordedAt', JSON.stringify(event.recordedAt)],
    ['aggregateType', JSON.stringify(event.streamType)],
    ['aggregateId', JSON.stringify(event.streamId)],
    ['sequence', String(event.streamVersion)],
    ['eventType', JSON.stringify(event.type)],
    ['eventVersion', JSON.stringify(event.typeVersion)],
    // As stored, not parsed and printed again: a digest must not depend on who printed it
    ['payload', event.payloadText],
    ['metadata', event.metadataText],
  ];
  return `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}\n`;
}

/** Throws where the events are not in commit order: such a file would mislead whoever replays it. */
export function ndjson(events: readonly StoredEvent[]): string {
  events.forEach((event, index) => {
    const before = events[index - 1];
    if (before !== undefined && comparePositions(before.position, event.position) >= 0) {
      throw new Error(`position ${event.position} follows ${before.position}`);
    }
  });
  return events.map(eventLine).join('');
}

export function saveAs(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
