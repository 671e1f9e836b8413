/** What changed against the event before it in the same stream. */
import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from 'urql';
import { DifferenceList } from '../../diff/DifferenceList';
import { differences } from '../../diff/structure';
import { JsonDiff } from '../../json-editor/JsonEditor';
import { canonicalText, parseJson } from '../../json/json-text';
import { useText } from '../../text/text';
import { beforeDocument, type EventDetails } from './events';

/** Long streams are executions', whose events say little about each other. */
const LOOKED_AT = 200;

export function PayloadDiff({ event }: { event: EventDetails }) {
  const text = useText();
  const says = text.events;
  const [{ data }] = useQuery({
    query: beforeDocument,
    variables: {
      filter: { streamType: [event.streamType], streamId: event.streamId, until: justAfter(event.recordedAt) },
      first: LOOKED_AT,
    },
    pause: event.streamVersion === 1,
  });
  if (event.streamVersion === 1) return <Text size="sm">{says.previousNone}</Text>;
  if (data === undefined) return <Skeleton height={80} />;
  const before = data.events.nodes.find(({ streamVersion }) => streamVersion === event.streamVersion - 1);
  if (before === undefined) return <Text size="sm">{text.load.missing(says.details(String(event.streamVersion - 1)))}</Text>;
  const [was, is] = [inner(before.payloadText, before.type), inner(event.payloadText, event.type)];
  const changes = differences(was, is);
  return (
    <Stack gap="sm">
      <DifferenceList of={changes} />
      <JsonDiff
        before={canonicalText(was, 2)}
        after={canonicalText(is, 2)}
        beforeLabel={says.details(before.position)}
        afterLabel={says.details(event.position)}
      />
    </Stack>
  );
}

/** Without the type's name around it, so that different types can be compared. */
function inner(payloadText: string, type: string) {
  const payload = parseJson(payloadText);
  return typeof payload === 'object' && payload !== null && type in payload
    ? ((payload as Record<string, typeof payload>)[type] ?? payload)
    : payload;
}

function justAfter(moment: string): string {
  return new Date(new Date(moment).getTime() + 1).toISOString();
}
