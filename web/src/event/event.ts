import { graphql, type FragmentOf } from '../graphql/graphql';

export const eventRowFragment = graphql(`
  fragment EventRow on Event @_unmask {
    id
    position
    streamType
    streamId
    type
    summary
    phrase {
      code
      params
    }
    actor
    source
    reason
    recordedAt
  }
`);

export type EventRow = FragmentOf<typeof eventRowFragment>;

/** Where an event's stream is shown, when it has a page of its own. */
export type StreamPage =
  | { to: '/definitions/$key'; params: { key: string } }
  | { to: '/instances/$key'; params: { key: string }; search?: { tab: 'timeline'; run: number } }
  | { to: '/guards'; params: Record<never, never> }
  | undefined;

export function pageOfStream(streamType: string, streamId: string): StreamPage {
  switch (streamType) {
    case 'strategy_definition':
      return { to: '/definitions/$key', params: { key: streamId } };
    case 'strategy_instance':
      return { to: '/instances/$key', params: { key: streamId } };
    case 'execution':
      return pageOfRun(streamId);
    case 'risk_guards':
      return { to: '/guards', params: {} };
    default:
      return undefined;
  }
}

/** `key#run`: the run belongs to the instance. */
function pageOfRun(streamId: string): StreamPage {
  const [, key, run] = /^(.*)#(\d+)$/.exec(streamId) ?? [];
  if (key === undefined) return { to: '/instances/$key', params: { key: streamId } };
  return { to: '/instances/$key', params: { key }, search: { tab: 'timeline', run: Number(run) } };
}
