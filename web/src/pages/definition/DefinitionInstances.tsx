import { Button } from '@mantine/core';
import { useOwnWrites } from '../../live/own-writes';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { DataTable } from '../../table/DataTable';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { useInstanceColumns } from '../instances/columns';
import { instancesDocument } from '../instances/instances';

export function DefinitionInstances({ definitionKey }: { definitionKey: string }) {
  const text = useText();
  const { minPosition } = useOwnWrites();
  const columns = useInstanceColumns();
  const { connection, fetching, error, more, reload } = usePages({
    document: instancesDocument,
    variables: { filter: { definitionKey }, orderBy: { field: 'UPDATED_AT', direction: 'DESC' }, minPosition, first: 100 },
    read: (result) => result.instances,
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
