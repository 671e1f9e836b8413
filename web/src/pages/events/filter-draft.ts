/** The event filter as it is being typed: every field the text that stands in it, read when it is applied. */
import { EVENT_TYPES } from '../../event/event-types';
import { STREAM_TYPES } from '../../event/stream-types';
import { oneOf, textIn } from '../../routing/search';
import type { EventSearch } from './events';

export interface FilterDraft {
  type: string;
  actor: string;
  streamType: string;
  stream: string;
  from: string;
  until: string;
  oldest: boolean;
}

export function draftOf(search: EventSearch): FilterDraft {
  return {
    type: search.type?.join(', ') ?? '',
    actor: search.actor ?? '',
    streamType: search.streamType ?? '',
    stream: search.stream ?? '',
    from: search.from ?? '',
    until: search.until ?? '',
    oldest: search.oldest ?? false,
  };
}

/** What the address will say of these fields; the others stay as they are. */
export function searchOf(draft: FilterDraft) {
  const types = draft.type.split(/[,\s]+/).filter((type) => type !== '');
  const streamType = oneOf(draft.streamType, STREAM_TYPES);
  return {
    type: types.length === 0 ? undefined : types,
    actor: textIn(draft.actor.trim()),
    streamType,
    stream: streamType === undefined ? undefined : textIn(draft.stream.trim()),
    from: textIn(draft.from),
    until: textIn(draft.until),
    oldest: draft.oldest ? true : undefined,
  };
}

/** Whole values for the field, as a browser's suggestions replace all of it: what stands before the last word, and a type. */
export function typeSuggestions(typed: string): string[] {
  const before = typed.replace(/[^,\s]*$/, '');
  const given = new Set(before.split(/[,\s]+/));
  return EVENT_TYPES.filter((type) => !given.has(type)).map((type) => before + type);
}
