import { Group, NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { SearchField } from '../../table/SearchField';
import { useText } from '../../text/text';
import { graphql } from '../../graphql/graphql';
import { executorTypesDocument } from '../definitions/executor-types';
import type { InstanceSearch } from './filter';

/** Those that are suggested once a part of a key was typed. */
const definitionKeysDocument = graphql(`
  query DefinitionKeys($text: String!) {
    definitions(first: 50, filter: { text: $text }, orderBy: { field: KEY }) {
      nodes {
        id
        key
      }
    }
  }
`);

interface InstanceFiltersProps {
  search: InstanceSearch;
  onChange: (change: { [K in keyof InstanceSearch]?: InstanceSearch[K] | undefined }) => void;
}

const OBSERVED = ['NONE', 'RUNNING', 'STOPPING', 'STOPPED'] as const;

export function InstanceFilters({ search, onChange }: InstanceFiltersProps) {
  const text = useText();
  const says = text.instances;
  const [{ data }] = useQuery({ query: executorTypesDocument });
  const [{ data: keys }] = useQuery({ query: definitionKeysDocument, variables: { text: search.definition ?? '' }, requestPolicy: 'cache-first' });
  const types = data?.executors.map(({ type }) => type) ?? (search.executor === undefined ? [] : [search.executor]);
  const any = { value: '', label: says.any };
  return (
    <Group align="flex-end" gap="sm" className="filters">
      <SearchField label={says.search} value={search.text} onChange={(typed) => onChange({ text: typed })} />
      <SearchField
        label={says.definitionIs}
        value={search.definition}
        suggestions={keys?.definitions.nodes.map(({ key }) => key) ?? []}
        onChange={(definition) => onChange({ definition })}
      />
      <SearchField label={says.userIs} value={search.user} onChange={(user) => onChange({ user })} />
      <SearchField label={says.clientIs} value={search.client} onChange={(client) => onChange({ client })} />
      <NativeSelect
        label={says.executor}
        value={search.executor ?? ''}
        data={[any, ...types]}
        onChange={(event) => onChange({ executor: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={says.observed}
        value={search.observed?.[0] ?? ''}
        data={[any, ...OBSERVED.map((value) => ({ value, label: text.state[value] }))]}
        onChange={({ currentTarget: { value } }) => {
          const observed = OBSERVED.find((one) => one === value);
          onChange({ observed: observed === undefined ? undefined : [observed] });
        }}
      />
      <NativeSelect
        label={says.linked}
        value={search.linked === undefined ? '' : String(search.linked)}
        data={[any, { value: 'true', label: says.linkedYes }, { value: 'false', label: says.linkedNo }]}
        onChange={({ currentTarget: { value } }) => onChange({ linked: value === '' ? undefined : value === 'true' })}
      />
    </Group>
  );
}
