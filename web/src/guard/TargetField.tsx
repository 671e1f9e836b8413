/** What a guard watches, found by a few letters. An exchange may be one that nothing here trades on yet. */
import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { useText } from '../text/text';
import type { GuardScope } from './guards';

const targetsDocument = graphql(`
  query GuardTargets($text: String!, $exchanges: Boolean!, $definitions: Boolean!, $instances: Boolean!) {
    executors @include(if: $exchanges) {
      venues {
        name
      }
    }
    definitions(first: 20, filter: { text: $text }, orderBy: { field: KEY }) @include(if: $definitions) {
      nodes {
        id
        key
      }
    }
    instances(first: 20, filter: { text: $text }, orderBy: { field: UPDATED_AT, direction: DESC }) @include(if: $instances) {
      nodes {
        id
        key
      }
    }
  }
`);

interface TargetFieldProps {
  scope: Exclude<GuardScope, 'SYSTEM'>;
  value: string;
  error: string | undefined;
  onChange: (target: string) => void;
}

export function TargetField({ scope, value, error, onChange }: TargetFieldProps) {
  const { guards: says } = useText();
  const [text] = useDebouncedValue(value.trim(), 150);
  const asked = { exchanges: scope === 'ACCOUNT', definitions: scope === 'DEFINITION', instances: scope === 'INSTANCE' };
  const [{ data }] = useQuery({ query: targetsDocument, variables: { text: asked.exchanges ? '' : text, ...asked } });
  const known = [
    ...(data?.executors ?? []).flatMap(({ venues }) => venues.map(({ name }) => name)),
    ...(data?.definitions?.nodes ?? []).map(({ key }) => key),
    ...(data?.instances?.nodes ?? []).map(({ key }) => key),
  ];
  return (
    <Autocomplete
      label={says.targets[scope]}
      required
      value={value}
      error={error}
      data={[...new Set(known)]}
      // A name may have been found that the key does not show
      {...(asked.exchanges ? {} : { filter: ({ options }) => options })}
      onChange={onChange}
    />
  );
}
