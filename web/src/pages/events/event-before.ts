/** The event before one in its stream, however long the stream is: looked for from the event's own moment backwards. */
import type { ResultOf } from '../../graphql/graphql';
import type { beforeDocument, EventDetails, EventFilter } from './events';

type Page = ResultOf<typeof beforeDocument>['events'];
export type EventBefore = Page['nodes'][number];

type Placed = Pick<EventDetails, 'streamType' | 'streamId' | 'streamVersion' | 'recordedAt'>;

/** What its stream had recorded by then; many events may bear the same moment. */
export function untilThen({ streamType, streamId, recordedAt }: Placed): EventFilter {
  return { streamType: [streamType], streamId, until: new Date(new Date(recordedAt).getTime() + 1).toISOString() };
}

/** `ask` answers the page after a cursor, the newest first. Nothing where the stream, as far as it is known, lacks it. */
export async function eventBefore(event: Placed, ask: (after: string | null) => Promise<Page>): Promise<EventBefore | undefined> {
  const wanted = event.streamVersion - 1;
  let after: string | null = null;
  for (;;) {
    const { nodes, pageInfo }: Page = await ask(after);
    const found = nodes.find(({ streamVersion }) => streamVersion === wanted);
    const passed = nodes.some(({ streamVersion }) => streamVersion < wanted);
    if (found !== undefined || passed || !pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}
