/** Page after page of a connection, gathered into one list. */
import { useEffect, useRef, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import type { TadaDocumentNode } from 'gql.tada';

export interface Connection<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

type RowOf<C> = C extends Connection<infer Row> ? Row : never;

interface PagesOptions<Result, Variables, C> {
  document: TadaDocumentNode<Result, Variables>;
  /** Without the cursor; another value is another list. */
  variables: Omit<Variables, 'after'>;
  read: (result: Result) => C | null | undefined;
  /** What tells a row from another: with it, what is new can be read without reading all again. */
  keyOf?: (row: RowOf<C>) => string;
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

  const ask = async (after: string | null) => {
    const variables = { ...latest.current.variables, after } as unknown as Variables;
    const result = await client.query(latest.current.document, variables, { requestPolicy: 'network-only' }).toPromise();
    const page = result.data === undefined ? undefined : (latest.current.read(result.data) ?? undefined);
    return { page, error: result.error };
  };
  /** Asks for page after page until there are `atLeast` rows, and shows them at once. */
  const load = async (begun: C | undefined, atLeast: number) => {
    const turn = (asked.current += 1);
    setGathered((before) => ({ ...before, fetching: true }));
    let connection = begun;
    let error: CombinedError | undefined;
    do {
      const answer = await ask(connection?.pageInfo.endCursor ?? null);
      // A list that was asked for since then makes this answer old news
      if (turn !== asked.current) return;
      error = answer.error;
      if (answer.page === undefined) break;
      connection = joined(connection, answer.page);
    } while (connection.nodes.length < atLeast && connection.pageInfo.hasNextPage);
    setGathered((before) => ({ key, connection: connection ?? before.connection, fetching: false, error }));
  };

  /** Only what is new since, on top; all that was shown where there is no telling. */
  const loadNewest = async () => {
    const { keyOf } = latest.current;
    const known = gathered.connection;
    if (keyOf === undefined || known === undefined) return load(undefined, known?.nodes.length ?? 0);
    const turn = (asked.current += 1);
    const { page, error } = await ask(null);
    if (turn !== asked.current) return;
    setGathered((before) => ({ key, connection: page === undefined ? before.connection : onTop(known, page, keyOf), fetching: false, error }));
  };

  useEffect(() => {
    void load(undefined, 0);
  }, [key, client]);

  return {
    connection: gathered.connection,
    fetching: gathered.fetching,
    error: gathered.error,
    more: () => void load(gathered.connection, (gathered.connection?.nodes.length ?? 0) + 1),
    /** As many rows as are shown, anew. */
    refresh: () => void loadNewest(),
    reload: () => void load(undefined, gathered.connection?.nodes.length ?? 0),
  };
}

/** What the first page said of the whole list stays, above all where in the log it was read: what changed since then is still news. */
export function joined<C extends Connection<unknown>>(before: C | undefined, page: C): C {
  return before === undefined ? page : { ...before, pageInfo: page.pageInfo, nodes: [...before.nodes, ...page.nodes] };
}

/** The newest page over what was known; the page alone where rows between the two were missed. */
export function onTop<C extends Connection<unknown>>(known: C, page: C, keyOf: (row: RowOf<C>) => string): C {
  const keyed = (rows: readonly unknown[]) => rows.map((row) => ({ row, key: keyOf(row as RowOf<C>) }));
  const fresh = new Set(keyed(page.nodes).map(({ key }) => key));
  const kept = keyed(known.nodes).filter(({ key }) => !fresh.has(key)).map(({ row }) => row);
  const meets = kept.length < known.nodes.length || !page.pageInfo.hasNextPage;
  if (!meets || kept.length === 0) return page;
  return { ...page, pageInfo: known.pageInfo, nodes: [...page.nodes, ...kept] };
}
