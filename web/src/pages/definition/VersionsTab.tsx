import { Badge, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { useLifecycle } from '../../live/live';
import { useOwnWrites } from '../../live/own-writes';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import type { Column } from '../../table/columns';
import { DataTable } from '../../table/DataTable';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { useSoon } from '../../time/soon';
import { asOfPosition } from '../../travel/as-of';
import { versionsDocument, type Definition, type VersionRow } from './definition';
import { RestoreDialog } from './RestoreDialog';
import { VersionView } from './VersionView';
import { LinkButton, PageLink } from '../../routing/links';

const RECOUNT_MS = 1_500;

export function VersionsTab({ definition, past }: { definition: Definition; past: boolean }) {
  const text = useText();
  const says = text.definition;
  const { version: opened } = useSearch({ from: '/inside/definitions/$key' });
  const navigate = useNavigate({ from: '/definitions/$key' });
  const { minPosition } = useOwnWrites();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [restoring, setRestoring] = useState<string | undefined>();
  const { connection, fetching, error, more, reload } = usePages({
    document: versionsDocument,
    // The current version changes with every publish, by whomever
    variables: { key: definition.key, asOf: asOfPosition(definition.asOf), minPosition: past ? null : (minPosition ?? definition.lastPosition), first: 100 },
    read: (result) => result.definition?.versions,
  });
  const soon = useSoon(reload, RECOUNT_MS);
  // How many run on each changes with every start and stop
  useLifecycle((event) => {
    if (!past && event.streamType === 'strategy_instance') soon();
  });
  const choose = (version: string, on: boolean) =>
    setChosen((before) => (on ? [...before, version].slice(-2) : before.filter((one) => one !== version)));
  const columns: Column<VersionRow>[] = [
    {
      id: 'choose', header: '', width: '36px',
      cell: ({ version }) => (
        <Checkbox
          aria-label={text.table.select(version)}
          checked={chosen.includes(version)}
          onChange={(event) => choose(version, event.currentTarget.checked)}
        />
      ),
    },
    {
      id: 'version', header: says.version, width: 'minmax(130px, 1fr)',
      cell: (row) => (
        <Group gap={6} wrap="nowrap">
          <PageLink
            
            to="/definitions/$key"
            params={{ key: definition.key }}
            search={{ tab: 'versions', version: row.version }}
            aria-label={says.openVersion(row.version)}
          >
            {row.version}
          </PageLink>
          {row.isCurrent ? <Badge tt="none" size="sm">{says.current}</Badge> : null}
        </Group>
      ),
    },
    { id: 'at', header: says.published, width: 'minmax(210px, 1.2fr)', cell: (row) => <Moment at={row.publishedAt} /> },
    { id: 'by', header: says.publishedBy, width: 'minmax(110px, 0.8fr)', cell: (row) => row.publishedBy },
    { id: 'reason', header: says.reason, width: 'minmax(180px, 3fr)', cell: (row) => <span title={row.reason ?? ''}>{row.reason ?? '–'}</span> },
    { id: 'running', header: says.runs, width: 'minmax(110px, 0.6fr)', numeric: true, cell: (row) => row.runningInstances },
    {
      id: 'restore', header: text.table.actions, width: 'minmax(100px, 0.6fr)',
      cell: (row) =>
        row.isCurrent ? null : (
          <ActionButton permission="definitions:restore" past={past} size="compact-sm" variant="default" onClick={() => setRestoring(row.version)}>
            {says.restore}
          </ActionButton>
        ),
    },
  ];
  const close = () => void navigate({ search: (before) => ({ ...before, version: undefined }) });
  return (
    <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
      {({ nodes, totalCount, pageInfo }) =>
        nodes.length === 0 ? (
          <Empty title={says.versionsEmpty} />
        ) : (
          <Stack gap="sm">
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {says.selectTwo}
              </Text>
              <CompareButton definitionKey={definition.key} chosen={chosen} versions={nodes} />
            </Group>
            <DataTable name={says.tabs.versions} columns={columns} rows={nodes} total={totalCount} keyOf={(row) => row.id} />
            {pageInfo.hasNextPage ? (
              <Button variant="default" onClick={more} loading={fetching}>
                {text.app.more}
              </Button>
            ) : null}
            {opened === undefined ? null : <VersionView definitionKey={definition.key} version={opened} onClose={close} />}
            {restoring === undefined ? null : (
              <RestoreDialog definition={definition} version={restoring} onClose={() => setRestoring(undefined)} />
            )}
          </Stack>
        )
      }
    </Loaded>
  );
}

interface CompareButtonProps {
  definitionKey: string;
  chosen: readonly string[];
  versions: readonly VersionRow[];
}

/** Oldest first, whichever was chosen first. */
function CompareButton({ definitionKey, chosen, versions }: CompareButtonProps) {
  const text = useText();
  const [to, from] = versions.filter(({ version }) => chosen.includes(version)).map(({ version }) => version);
  if (from === undefined || to === undefined) {
    return (
      <Button size="sm" disabled>
        {text.definition.compareSelected}
      </Button>
    );
  }
  return (
    <LinkButton size="sm" to="/definitions/$key/compare" params={{ key: definitionKey }} search={{ from, to }}>
      {text.definition.compareSelected}
    </LinkButton>
  );
}
