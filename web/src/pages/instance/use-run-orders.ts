/** Follows a run's orders and fills: every pulse reads the newest page, and what was seen before stays. */
import { useEffect, useRef, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import type { ResultOf } from '../../graphql/graphql';
import { asOfPosition } from '../../travel/as-of';
import { ordersDocument } from './instance';
import { NOTHING_SEEN, withEarlier, withNewest, type RunOrders } from './run-orders';

type Execution = NonNullable<ResultOf<typeof ordersDocument>['execution']>;

interface Seen extends RunOrders {
  netBase: string | null;
  closedAt: string | null;
  /** Where to go on towards the run's beginning; null there. */
  before: { orders: string | null; fills: string | null } | null;
}

interface Asked {
  seen: Seen | undefined;
  fetching: boolean;
  error: CombinedError | undefined;
}

export interface RunPlace {
  instanceKey: string;
  run: number;
  /** The moment it is shown as of; null is now. */
  asOf: string | null;
  /** Changes whenever something happened. */
  pulse: string;
}

export function useRunOrders({ instanceKey, run, asOf, pulse }: RunPlace) {
  const client = useClient();
  const [asked, setAsked] = useState<Asked>({ seen: undefined, fetching: true, error: undefined });
  const place = `${instanceKey}#${run} ${asOf ?? ''}`;
  const latest = useRef(place);
  latest.current = place;

  const load = async (before: Seen['before']) => {
    setAsked((was) => ({ ...was, fetching: true }));
    const cursors = { ordersAfter: before?.orders ?? null, fillsAfter: before?.fills ?? null };
    const variables = { key: instanceKey, run, asOf: asOfPosition(asOf), ...cursors };
    const { data, error } = await client.query(ordersDocument, variables, { requestPolicy: 'network-only' }).toPromise();
    if (latest.current !== place) return;
    setAsked((was) => ({ seen: seenWith(was.seen, data, before !== null), fetching: false, error }));
  };

  useEffect(() => setAsked({ seen: undefined, fetching: true, error: undefined }), [place]);
  useEffect(() => {
    void load(null);
  }, [place, pulse, client]);

  return {
    ...asked,
    reload: () => void load(null),
    /** Nothing to call where the beginning is known. */
    earlier: asked.seen?.before ? () => void load(asked.seen?.before ?? null) : undefined,
  };
}

function seenWith(was: Seen | undefined, data: ResultOf<typeof ordersDocument> | undefined, earlier: boolean): Seen | undefined {
  if (data === undefined) return was;
  const { execution } = data;
  if (execution === null) return { ...NOTHING_SEEN, netBase: null, closedAt: null, before: null };
  const page = { orders: execution.orders.nodes, fills: execution.fills.nodes };
  const at = Date.now() / 1000;
  if (was === undefined) return { ...withNewest(NOTHING_SEEN, page, at), ...ends(execution), before: cursors(execution) };
  if (earlier) return { ...withEarlier(was, page, at), ...ends(execution), before: cursors(execution) };
  const next = withNewest(was, page, at);
  const anew = next.orders.length === page.orders.length;
  return { ...next, ...ends(execution), before: anew ? cursors(execution) : was.before };
}

const ends = ({ netBase, closedAt }: Execution) => ({ netBase, closedAt });

function cursors({ orders, fills }: Execution): Seen['before'] {
  if (!orders.pageInfo.hasNextPage) return null;
  return { orders: orders.pageInfo.endCursor, fills: fills.pageInfo.endCursor };
}
