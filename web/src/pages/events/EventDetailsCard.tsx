/** One event, all of it: who, why, because of what, and its bytes. */
import { Button, CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useQuery } from 'urql';
import { ConfigBeforeAfter } from '../../event/ConfigBeforeAfter';
import { StreamLink } from '../../event/StreamLink';
import { toJsonText, parseJson } from '../../json/json-text';
import { Fact, Facts } from '../../page/Facts';
import { groupedPosition } from '../../live/position';
import { Loaded } from '../../page/Loaded';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { eventDocument, type EventDetails } from './events';
import { PayloadDiff } from './PayloadDiff';

interface EventDetailsCardProps {
  position: string;
  /** It was opened on this page, by somebody who wants to go on in it. */
  takesFocus: boolean;
  onClose: (position: string) => void;
}

export function EventDetailsCard({ position, takesFocus, onClose }: EventDetailsCardProps) {
  const text = useText();
  const says = text.events;
  const [{ data, fetching, error }, ask] = useQuery({ query: eventDocument, variables: { position } });
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) card.current?.focus();
  }, [takesFocus]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose(position);
  };
  return (
    <section className="card" ref={card} tabIndex={-1} onKeyDown={onKeyDown} aria-label={says.details(position)}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {says.details(position)}
        </Title>
        <CloseButton aria-label={text.app.close} onClick={() => onClose(position)} />
      </Group>
      <Loaded data={data} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
        {({ event }) => (event === null ? text.load.missing(says.details(position)) : <Details event={event} />)}
      </Loaded>
    </section>
  );
}

function Details({ event }: { event: EventDetails }) {
  const { app, events: says, reconfigure, said } = useText();
  const [comparing, setComparing] = useState(false);
  return (
    <Stack gap="md">
      <Text>{said(event.summary, event.phrase)}</Text>
      <Facts>
        <Fact name={says.type}>
          {event.type} <span className="quiet-code">{event.typeVersion}</span>
        </Fact>
        <Fact name={says.stream}>
          {event.streamType} · <StreamLink streamType={event.streamType} streamId={event.streamId} /> · {event.streamVersion}
        </Fact>
        <Fact name={says.time}>
          <Moment at={event.recordedAt} />
        </Fact>
        <Fact name={says.actor}>
          {says.by(event.actor, app.roles[event.role], says.sources[event.source])}
        </Fact>
        <Fact name={says.reason}>{event.reason ?? '–'}</Fact>
        <Fact name={says.causation}>
          {event.causedBy === null ? (
            (event.causationId ?? '–')
          ) : (
            <PageLink to="/events" search={{ open: event.causedBy.position }}>
              #{groupedPosition(event.causedBy.position)} {said(event.causedBy.summary, event.causedBy.phrase)}
            </PageLink>
          )}
        </Fact>
        <Fact name={says.caused}>
          <PageLink to="/events" search={{ causation: event.eventId, open: event.position }}>
            {says.showCaused}
          </PageLink>
        </Fact>
        <Fact name={says.correlation}>
          <PageLink to="/events" search={{ correlation: event.correlationId, open: event.position }} className="mono">
            {event.correlationId}
          </PageLink>
        </Fact>
        <Fact name={says.eventId}>
          <span className="mono">{event.eventId}</span>
        </Fact>
        {event.idempotencyKey === null ? null : (
          <Fact name={says.idempotency}>
            <span className="mono">{event.idempotencyKey}</span>
          </Fact>
        )}
      </Facts>
      <div>
        <Title order={3} size="h5">
          {says.payload}
        </Title>
        <pre className="payload" tabIndex={0} aria-label={says.payload}>
          {toJsonText(parseJson(event.payloadText), 2)}
        </pre>
      </div>
      {event.type === 'InstanceReconfigured' ? (
        <section>
          <Title order={3} size="h5" mb="xs">
            {reconfigure.compare}
          </Title>
          <ConfigBeforeAfter instanceKey={event.streamId} position={event.position} />
        </section>
      ) : comparing ? (
        <PayloadDiff event={event} />
      ) : (
        <Button variant="default" w="fit-content" onClick={() => setComparing(true)}>
          {says.previous}
        </Button>
      )}
      <details>
        <summary>{says.stored}</summary>
        <pre className="payload" tabIndex={0} aria-label={says.stored}>
          {event.payloadText}
          {'\n'}
          {event.metadataText}
        </pre>
      </details>
    </Stack>
  );
}
