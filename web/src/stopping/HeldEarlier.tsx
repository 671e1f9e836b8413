/**
 * What runs before this one left behind: no run sees it, none closes it, and it loses and wins all the same. It is asked for
 * apart from the page, as the server reads every run for it.
 */
import { Alert, List } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { useText } from '../text/text';
import { asOfPosition } from '../travel/as-of';
import { heldEarlier } from './held-earlier';

const heldDocument = graphql(`
  query HeldByRuns($key: String!, $run: Int!, $asOf: AsOfInput) {
    instance(key: $key, asOf: $asOf) {
      id
      positions {
        exchange
        pair
        base
      }
      execution(run: $run) {
        id
        positions {
          exchange
          pair
          base
        }
      }
    }
  }
`);

interface HeldEarlierProps {
  instanceKey: string;
  /** Those before it are meant; one that is still to come has all there are before it. */
  before: number;
  /** The latest that there is. */
  latest: number;
  /** The position whose state is shown; null for now. */
  asOf: string | null;
}

export function HeldEarlier({ instanceKey, before, latest, asOf }: HeldEarlierProps) {
  const { stopping: says } = useText();
  const [{ data }] = useQuery({ query: heldDocument, variables: { key: instanceKey, run: latest, asOf: asOfPosition(asOf) }, pause: before <= 1 });
  const own = before > latest ? [] : (data?.instance?.execution?.positions ?? []);
  const held = before <= 1 ? [] : heldEarlier(data?.instance?.positions ?? [], own);
  if (held.length === 0) return null;
  return (
    <Alert color="warn" variant="outline" role="note" title={says.holdsEarlier}>
      <List size="sm">
        {held.map(({ exchange, pair, coin, amount, isShort }) => (
          <List.Item key={`${exchange} ${pair}`}>{(isShort ? says.short : says.long)(`${amount} ${coin}`, `${exchange} ${pair}`)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
