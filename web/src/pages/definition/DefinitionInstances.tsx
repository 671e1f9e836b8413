import { Button } from '@mantine/core';
import { useFeed, useLifecycle } from '../../live/live';
import { useOwnWrites } from '../../live/own-writes';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { DataTable } from '../../table/DataTable';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { useSoon } from '../../time/soon';
import { asOfPosition } from '../../travel/as-of';
import { useInstanceColumns } from '../instances/columns';
import { instanceChangesDocument, instancesDocument } from '../instances/instances';

/** However much goes on, the list is as old as this at most. */
const RELOAD_MS = 1_000;

interface DefinitionInstancesProps {
  definitionKey: string;
  /** The position whose state is shown; null for now. */
  asOf: string | null;
}

export function DefinitionInstances({ definitionKey, asOf }: DefinitionInstancesProps) {
  const text = useText();
  const { minPosition } = useOwnWrites();
  const columns = useInstanceColumns();
  const { connection, fetching, error, more, reload } = usePages({
    document: instancesDocument,
    variables: {
      filter: { definitionKey },
      orderBy: { field: 'UPDATED_AT', direction: 'DESC' },
      asOf: asOfPosition(asOf),
      minPosition: asOf === null ? minPosition : null,
      first: 100,
    },
    read: (result) => ({ ...result.instances, readAt: result.readPosition.position }),
  });
  const soon = useSoon(reload, RELOAD_MS);
  // One that is new is told as its event, what becomes of those shown as a changed row
  useLifecycle((event) => {
    if (asOf === null && event.streamType === 'strategy_instance') soon();
  });
  const keys = connection?.nodes.map(({ key }) => key) ?? [];
  useFeed({
    key: asOf !== null || keys.length === 0 ? undefined : keys.join('\n'),
    after: connection?.readAt,
    document: instanceChangesDocument,
    variables: (after) => ({ after: after ?? null, keys }),
    read: (result) => result.instanceChanges,
    positionOf: (change) => change.position,
    onValue: soon,
  });
  return (
    <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
      {({ nodes, totalCount, pageInfo }) =>
        nodes.length === 0 ? (
          <Empty title={text.instances.empty} />
        ) : (
          <>
            <DataTable name={text.instances.title} columns={columns} rows={nodes} total={totalCount} keyOf={(row) => row.id} />
            {pageInfo.hasNextPage ? (
              <Button variant="default" mt="sm" onClick={more} loading={fetching}>
                {text.app.more}
              </Button>
            ) : null}
          </>
        )
      }
    </Loaded>
  );
}
