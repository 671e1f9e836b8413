import { Button, Stack, Text } from '@mantine/core';
import { useRereading } from '../../live/use-rereading';
import { Loaded } from '../../page/Loaded';
import { DataTable } from '../../table/DataTable';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { usageDocument } from './settings';

const REREAD_MS = 5_000;

export function LegacyUsage() {
  const text = useText();
  const says = text.settings;
  const { connection, fetching, error, more, reload } = usePages({
    document: usageDocument,
    variables: { first: 100 },
    read: (result) => result.legacyUsage,
  });
  useRereading(reload, REREAD_MS);
  return (
    <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
      {({ nodes, totalCount, totalCalls, pageInfo }) =>
        nodes.length === 0 ? (
          <Text>{says.noUsage}</Text>
        ) : (
          <Stack gap="sm">
            <Text size="sm" c="dimmed">
              {says.totalCalls(totalCalls)}. {says.usageAbout}
            </Text>
            <DataTable
              name={says.usage}
              rows={nodes}
              total={totalCount}
              keyOf={(row) => `${row.day} ${row.caller} ${row.endpoint}`}
              columns={[
                { id: 'day', header: says.day, width: 'minmax(110px, 0.6fr)', cell: (row) => row.day },
                { id: 'caller', header: says.caller, width: 'minmax(160px, 1fr)', cell: (row) => row.caller },
                { id: 'endpoint', header: says.endpoint, width: 'minmax(240px, 2fr)', cell: (row) => <span className="mono">{row.endpoint}</span> },
                { id: 'calls', header: says.calls, width: 'minmax(80px, 0.4fr)', numeric: true, cell: (row) => row.calls },
              ]}
            />
            {pageInfo.hasNextPage ? (
              <Button variant="default" onClick={more} loading={fetching}>
                {text.app.more}
              </Button>
            ) : null}
          </Stack>
        )
      }
    </Loaded>
  );
}
