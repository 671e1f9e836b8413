/** Events as a short list: time, what happened, who. */
import { Stack, Text } from '@mantine/core';
import { groupedPosition } from '../live/position';
import { useFrameText } from '../text/frame-text';
import { Moment } from '../time/Moment';
import type { EventRow } from './event';
import { StreamLink } from './StreamLink';
import { PageLink } from '../routing/links';

interface EventListProps {
  events: readonly EventRow[];
  /** On a stream's own page its name is no news. */
  withStream?: boolean;
}

export function EventList({ events, withStream = true }: EventListProps) {
  const text = useFrameText();
  if (events.length === 0) return <Text c="dimmed">{text.eventList.empty}</Text>;
  return (
    <Stack gap="sm" component="ol" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
      {events.map((event) => (
        <li key={event.id}>
          <EventEntry event={event} withStream={withStream} />
        </li>
      ))}
    </Stack>
  );
}

export function EventEntry({ event, withStream }: { event: EventRow; withStream: boolean }) {
  const text = useFrameText();
  return (
    <>
      <Text size="sm">{text.said(event.summary, event.phrase)}</Text>
      <Text size="sm" c="dimmed" component="div">
        <PageLink to="/events" search={{ open: event.position }} className="numeric" size="sm" aria-label={text.eventList.open(event.position)}>
          #{groupedPosition(event.position)}
        </PageLink>{' '}
        · <Moment at={event.recordedAt} /> · {event.type} · {event.actor}
        {withStream ? (
          <>
            {' · '}
            <StreamLink streamType={event.streamType} streamId={event.streamId} />
          </>
        ) : null}
        {event.reason === null ? null : <> · “{event.reason}”</>}
      </Text>
    </>
  );
}
