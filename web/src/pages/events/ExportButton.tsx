import { Button, Group, Text, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useClient } from 'urql';
import { ndjson, saveAs, type StoredEvent } from '../../export/ndjson';
import { sha256Hex } from '../../json/digest';
import { useText } from '../../text/text';
import { exportDocument, type EventFilter } from './events';

interface Exported {
  count: number;
  digest: string;
}

export function ExportButton({ filter }: { filter: EventFilter }) {
  const { events: says } = useText();
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
      const result = await client
        .query(exportDocument, { filter, after }, { requestPolicy: 'network-only' })
        .toPromise();
      if (result.data === undefined) {
        setCount(undefined);
        setFailure(result.error?.message);
        return;
      }
      const page = result.data.events;
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
          <Text size="sm" c="error">
            {failure}
          </Text>
        )}
        {done === undefined ? null : (
          <Text size="sm">
            {says.exported(done.count)} · {says.digest}: <code className="quiet-code" data-digest>{done.digest}</code>
          </Text>
        )}
      </div>
      <Tooltip label={says.exportAbout}>
        <Button variant="default" loading={count !== undefined} onClick={() => void run()}>
          {says.export}
        </Button>
      </Tooltip>
    </Group>
  );
}
