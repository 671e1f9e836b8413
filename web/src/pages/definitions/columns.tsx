import { Badge, Group } from '@mantine/core';
import { EnabledState } from '../../page/State';
import type { Column } from '../../table/columns';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import type { DefinitionRow } from './definitions';
import { PageLink } from '../../routing/links';

export function useDefinitionColumns(): Column<DefinitionRow>[] {
  const text = useText();
  const says = text.definitions;
  return [
    {
      id: 'key', header: says.key, width: 'minmax(140px, 2fr)', sort: 'KEY', names: true,
      cell: (row) => (
        <PageLink to="/definitions/$key" params={{ key: row.key }}>
          {row.key}
        </PageLink>
      ),
    },
    { id: 'name', header: says.name, width: 'minmax(140px, 2fr)', sort: 'NAME', cell: (row) => row.name },
    { id: 'executor', header: says.executor, width: 'minmax(126px, 1fr)', cell: (row) => row.executorType },
    { id: 'state', header: says.state, width: 'minmax(78px, 0.7fr)', cell: (row) => <EnabledState enabled={row.enabled} /> },
    {
      id: 'version', header: says.version, width: 'minmax(96px, 1.2fr)',
      cell: (row) => (
        <Group gap={6} wrap="nowrap">
          <span className="numeric">{row.currentVersion}</span>
          {row.editedSincePublish ? (
            <Badge color="warn" tt="none" size="sm" title={says.edited}>
              {says.edited}
            </Badge>
          ) : null}
        </Group>
      ),
    },
    {
      id: 'running', header: says.running, width: 'minmax(60px, 0.5fr)', numeric: true,
      cell: (row) => (
        <PageLink to="/instances" search={{ definition: row.key, status: ['RUNNING'] }}>
          {row.runningInstances}
        </PageLink>
      ),
    },
    { id: 'changed', header: says.changed, width: 'minmax(192px, 1fr)', sort: 'UPDATED_AT', cell: (row) => <Moment at={row.updatedAt} /> },
    { id: 'changedBy', header: says.changedBy, width: 'minmax(72px, 1fr)', cell: (row) => row.lastChangedBy },
  ];
}
