import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useClient, type Client, type CombinedError } from 'urql';
import { ActionButton } from '../../command/ActionButton';
import { failureSaid } from '../../command/failure';
import { ndjson, saveAs, type StoredEvent } from '../../export/ndjson';
import { sha256Hex } from '../../json/digest';
import { useText } from '../../text/text';
import { exportDocument, type EventFilter, type ExportPage } from './events';

interface Answer {
  page: ExportPage | undefined;
  error: CombinedError | undefined;
}

async function nextPage(client: Client, filter: EventFilter, after: string | null): Promise<Answer> {
  const result = await client.query(exportDocument, { filter, after }, { requestPolicy: 'network-only' }).toPromise();
  return { page: result.data?.events, error: result.error };
}

interface Exported {
  count: number;
  digest: string;
}

export function ExportButton({ filter }: { filter: EventFilter }) {
  const { command, events: says } = useText();
  const client = useClient();
  const [count, setCount] = useState<number | undefined>();
  const [done, setDone] = useState<Exported | undefined>();
  const [failure, setFailure] = useState<string | undefined>();

  const run = async () => {
    setDone(undefined);
    setFailure(undefined);
    const events: StoredEvent[] = [];
    let after: string | null = null;
    for (let goOn = true; goOn; ) {
      setCount(events.length);
      const { page, error } = await nextPage(client, filter, after);
      if (page === undefined) {
        setCount(undefined);
        setFailure(says.exportFailed(error === undefined ? '' : failureSaid(error, command.unanswered)));
        return;
      }
      events.push(...page.nodes);
      after = page.pageInfo.endCursor;
      goOn = page.pageInfo.hasNextPage;
    }
    const text = ndjson(events);
    saveAs(`events-${events[0]?.position ?? '0'}-${events.at(-1)?.position ?? '0'}.ndjson`, text);
    setCount(undefined);
    setDone({ count: events.length, digest: await sha256Hex(text) });
  };
  return (
    <Group gap="sm">
      <div role="status">
        {count === undefined ? null : <Text size="sm">{says.exporting(count)}</Text>}
        {failure === undefined ? null : (
          <Text size="sm" c="var(--bad)">
            {failure}
          </Text>
        )}
        {done === undefined ? null : (
          <Text size="sm">
            {says.exported(done.count)} · {says.digest}: <code className="quiet-code" data-digest>{done.digest}</code>
          </Text>
        )}
      </div>
      <ActionButton permission="events:export" variant="default" title={says.exportAbout} loading={count !== undefined} onClick={() => void run()}>
        {says.export}
      </ActionButton>
    </Group>
  );
}
