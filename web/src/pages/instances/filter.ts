import type { InstanceFilter } from './instances';

/** The filter as the address carries it. */
export interface InstanceSearch {
  status?: ('RUNNING' | 'STOPPED' | 'FAULTED')[];
  observed?: ('NONE' | 'RUNNING' | 'STOPPING' | 'STOPPED')[];
  definition?: string;
  version?: string;
  executor?: string;
  user?: string;
  client?: string;
  linked?: boolean;
  text?: string;
  sort?: 'CREATED' | 'UPDATED_AT' | 'KEY';
  desc?: boolean;
}

export function filterOf(search: InstanceSearch): InstanceFilter {
  return {
    status: search.status ?? null,
    observed: search.observed ?? null,
    definitionKey: search.definition ?? null,
    definitionVersion: search.version ?? null,
    executorType: search.executor === undefined ? null : [search.executor],
    userId: search.user ?? null,
    clientId: search.client ?? null,
    linked: search.linked ?? null,
    text: search.text ?? null,
  };
}

/** Something besides the order is asked for. */
export function isFiltered({ sort: _sort, desc: _desc, ...filters }: InstanceSearch): boolean {
  return Object.values(filters).some((filter) => filter !== undefined);
}
