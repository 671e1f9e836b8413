/** Page after page of a connection, gathered into one list. */
import { useEffect, useRef, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import type { TadaDocumentNode } from 'gql.tada';

export interface Connection<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface PagesOptions<Result, Variables, C> {
  document: TadaDocumentNode<Result, Variables>;
  /** Without the cursor; another value is another list. */
  variables: Omit<Variables, 'after'>;
  read: (result: Result) => C | null | undefined;
}

interface Gathered<C extends Connection<unknown>> {
  key: string;
  connection: C | undefined;
  fetching: boolean;
  error: CombinedError | undefined;
}

export function usePages<Result, Variables extends Record<string, unknown>, C extends Connection<unknown>>(
  options: PagesOptions<Result, Variables, C>,
) {
  const client = useClient();
  const key = JSON.stringify(options.variables);
  const [gathered, setGathered] = useState<Gathered<C>>({ key, connection: undefined, fetching: true, error: undefined });
  const latest = useRef(options);
  latest.current = options;
  const asked = useRef(0);

  const load = async (after: string | null, size?: number) => {
    const ask = (asked.current += 1);
    setGathered((before) => ({ ...before, fetching: true }));
    const variables = { ...latest.current.variables, after, ...(size === undefined ? {} : { first: size }) };
    const result = await client
      .query(latest.current.document, variables as unknown as Variables, { requestPolicy: 'network-only' })
      .toPromise();
    // A list that was asked for since then makes this answer old news
    if (ask !== asked.current) return;
    const page = result.data === undefined ? undefined : (latest.current.read(result.data) ?? undefined);
    setGathered((before) => {
      const connection = after === null || page === undefined ? page : joined(before.connection, page);
      return { key, connection: connection ?? before.connection, fetching: false, error: result.error };
    });
  };

  useEffect(() => {
    void load(null);
  }, [key, client]);

  return {
    connection: gathered.connection,
    fetching: gathered.fetching,
    error: gathered.error,
    more: () => void load(gathered.connection?.pageInfo.endCursor ?? null),
    /** As many rows as are shown, anew. */
    reload: () => void load(null, Math.min(200, Math.max(50, gathered.connection?.nodes.length ?? 0))),
  };
}

function joined<C extends Connection<unknown>>(before: C | undefined, page: C): C {
  return before === undefined ? page : { ...page, nodes: [...before.nodes, ...page.nodes] };
}
