import { Button, Group, NativeSelect, Switch, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useLifecycle } from '../../live/live';
import { useOwnWrites } from '../../live/own-writes';
import { NothingFound } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { StaleNotice } from '../../page/StaleNotice';
import { useMay } from '../../session/me';
import { DataTable } from '../../table/DataTable';
import { usePages } from '../../table/use-pages';
import { SearchField } from '../../table/SearchField';
import { useText } from '../../text/text';
import { useSoon } from '../../time/soon';
import { useDefinitionColumns } from './columns';
import { definitionsDocument } from './definitions';
import { executorTypesDocument } from './executor-types';
import { LinkButton } from '../../routing/links';

export function DefinitionsPage() {
  const text = useText();
  const says = text.definitions;
  const search = useSearch({ from: '/inside/definitions' });
  const navigate = useNavigate({ from: '/definitions' });
  const { minPosition } = useOwnWrites();
  const mayCreate = useMay('definitions:create');
  const columns = useDefinitionColumns();
  const { connection, fetching, error, more, reload } = usePages({
    document: definitionsDocument,
    variables: {
      filter: {
        text: search.text ?? null,
        executorType: search.executor === undefined ? null : [search.executor],
        enabled: search.enabled ?? null,
        editedSincePublish: search.drafts ?? null,
      },
      orderBy: { field: search.sort ?? 'KEY', direction: search.desc ? 'DESC' : 'ASC' },
      minPosition,
      first: 100,
    },
    read: (result) => result.definitions,
  });
  const soon = useSoon(reload, 100);
  useLifecycle((event) => {
    if (event.streamType !== 'installation') soon();
  });
  const set = (change: Partial<typeof search>) => {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  const filtered = [search.text, search.executor, search.enabled, search.drafts].some((filter) => filter !== undefined);
  const sorting = { field: search.sort ?? 'KEY', descending: search.desc ?? false };
  return (
    <Page
      title={says.title}
      actions={
        mayCreate ? (
          <LinkButton to="/new-definition">
            {says.create}
          </LinkButton>
        ) : null
      }
    >
      <Group align="flex-end" gap="sm">
        <SearchField label={says.search} value={search.text} onChange={(typed) => set({ text: typed })} />
        <ExecutorFilter value={search.executor} onChange={(executor) => set({ executor })} />
        <NativeSelect
          label={says.filterEnabled}
          value={search.enabled === undefined ? '' : String(search.enabled)}
          data={[
            { value: '', label: says.any },
            { value: 'true', label: text.state.enabled },
            { value: 'false', label: text.state.disabled },
          ]}
          onChange={({ currentTarget: { value } }) => set({ enabled: value === '' ? undefined : value === 'true' })}
        />
        <Switch
          label={says.draftsOnly}
          checked={search.drafts ?? false}
          onChange={(event) => set({ drafts: event.currentTarget.checked || undefined })}
          pb={8}
        />
      </Group>
      <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
        {({ nodes, totalCount, pageInfo, stale }) =>
          nodes.length === 0 ? (
            <>
              <StaleNotice stale={stale} />
              <NothingFound
                stale={stale}
                filtered={filtered}
                none={{ title: says.none, about: says.noneAbout }}
                empty={{ title: says.empty, about: says.emptyAbout, clear: says.clear }}
                onClear={() => void navigate({ search: {} })}
              />
            </>
          ) : (
            <>
              <StaleNotice stale={stale} />
              <DataTable
                name={says.title}
                columns={columns}
                rows={nodes}
                total={totalCount}
                keyOf={(row) => row.id}
                sorting={sorting}
                onSort={({ field, descending }) =>
                  set({ sort: field as NonNullable<typeof search.sort>, desc: descending || undefined })
                }
              />
              <Group justify="space-between">
                <Text size="sm" c="dimmed">
                  {text.table.rows(nodes.length, totalCount)}
                </Text>
                {pageInfo.hasNextPage ? (
                  <Button variant="default" onClick={more} loading={fetching}>
                    {text.app.more}
                  </Button>
                ) : null}
              </Group>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

interface ExecutorFilterProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function ExecutorFilter({ value, onChange }: ExecutorFilterProps) {
  const { definitions: says } = useText();
  const [{ data }] = useQuery({ query: executorTypesDocument });
  const types = data?.executors.map(({ type }) => type) ?? (value === undefined ? [] : [value]);
  return (
    <NativeSelect
      label={says.filterExecutor}
      value={value ?? ''}
      data={[{ value: '', label: says.any }, ...types]}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
