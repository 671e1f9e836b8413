/** What changed against the event before it in the same stream. */
import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { failureSaid } from '../../command/failure';
import { DifferenceList } from '../../diff/DifferenceList';
import { differences } from '../../diff/structure';
import { JsonDiff } from '../../json-editor/JsonEditor';
import { canonicalText, parseJson } from '../../json/json-text';
import { useText } from '../../text/text';
import type { EventDetails } from './events';
import { useEventBefore } from './use-event-before';

export function PayloadDiff({ event }: { event: EventDetails }) {
  const text = useText();
  const says = text.events;
  const looked = useEventBefore(event);
  if (event.streamVersion === 1) return <Text size="sm">{says.previousNone}</Text>;
  if (looked === undefined) return <Skeleton height={80} />;
  if ('error' in looked) {
    return (
      <Alert color="red" variant="outline" role="alert" title={text.load.failed}>
        {failureSaid(looked.error, text.command.unanswered)}
      </Alert>
    );
  }
  const before = looked.event;
  if (before === undefined) return <Text size="sm">{says.previousUnknown}</Text>;
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
