/** Documents and their types, from the server's own schema. */
import { initGraphQLTada } from 'gql.tada';
import type { JsonValue } from '../json/value';
import type { introspection } from './schema.generated';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: {
    JSON: JsonValue;
    Position: string;
    Decimal: string;
    DateTime: string;
    Date: string;
  };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
