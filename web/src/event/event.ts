import { graphql, type FragmentOf } from '../graphql/graphql';

export const eventRowFragment = graphql(`
  fragment EventRow on Event @_unmask {
    id
    position
    streamType
    streamId
    type
    summary
    actor
    source
    reason
    recordedAt
  }
`);

export type EventRow = FragmentOf<typeof eventRowFragment>;

/** Where an event's stream is shown, when it has a page of its own. */
export type StreamPage =
  | { to: '/definitions/$key'; key: string }
  | { to: '/instances/$key'; key: string }
  | undefined;

export function pageOfStream(streamType: string, streamId: string): StreamPage {
  switch (streamType) {
    case 'strategy_definition':
      return { to: '/definitions/$key', key: streamId };
    case 'strategy_instance':
      return { to: '/instances/$key', key: streamId };
    case 'execution':
      // `key#run`: the run belongs to the instance
      return { to: '/instances/$key', key: streamId.replace(/#\d+$/, '') };
    default:
      return undefined;
  }
}
