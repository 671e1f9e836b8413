import { Button, Group, Text } from '@mantine/core';
import { ActionButton } from '../../command/ActionButton';
import type { Progress } from '../../export/export-events';
import { groupedPosition } from '../../live/position';
import { useText } from '../../text/text';
import type { EventFilter } from './events';
import { useExport, type ExportState } from './use-export';

export function ExportButton({ filter }: { filter: EventFilter }) {
  const { command, events: says } = useText();
  const { state, run, cancel } = useExport(filter);
  const running = state.kind === 'running';
  return (
    <Group gap="sm">
      {running && state.progress !== undefined ? <Far progress={state.progress} /> : null}
      <div role="status">
        <Outcome state={state} />
      </div>
      {running ? (
        <Button variant="default" onClick={cancel}>
          {command.cancel}
        </Button>
      ) : null}
      <ActionButton permission="events:export" variant="default" title={says.exportAbout} loading={running} onClick={() => void run()}>
        {says.export}
      </ActionButton>
    </Group>
  );
}

/** Not read out at every page. */
function Far({ progress: { count, position, head } }: { progress: Progress }) {
  const { events: says } = useText();
  return (
    <Text size="sm" component="label">
      {says.exporting(count, groupedPosition(position), groupedPosition(head))}{' '}
      <progress value={Number(position)} max={Number(head)} />
    </Text>
  );
}

function Outcome({ state }: { state: ExportState }) {
  const { events: says } = useText();
  switch (state.kind) {
    case 'idle':
    case 'running':
      return null;
    case 'cancelled':
      return <Text size="sm">{says.exportCancelled}</Text>;
    case 'failed':
      return (
        <Text size="sm" c="var(--bad)">
          {says.exportFailed(state.why)}
        </Text>
      );
    case 'done':
      return (
        <Text size="sm">
          {says.exported(state.done.count)} · {says.digest}: <code className="quiet-code" data-digest>{state.done.digest}</code>
        </Text>
      );
  }
}
