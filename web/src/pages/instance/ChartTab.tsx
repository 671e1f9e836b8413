/** Quotes and fills as a chart, and the same numbers as tables. */
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { useText } from '../../text/text';
import { useNow } from '../../time/now';
import { FillTable, OrderTable } from './OrderTables';
import { ordersDocument, type FillRow, type OrderRow } from './instance';
import { quoteChart } from './quotes';

const QuoteLines = lazy(() => import('./QuoteLines'));

export interface RunPlace {
  instanceKey: string;
  run: number;
  /** Changes whenever something happened. */
  pulse: string;
}

export function ChartTab({ instanceKey, run, pulse }: RunPlace) {
  const text = useText();
  const says = text.instance;
  const [{ data, fetching, error }, ask] = useQuery({ query: ordersDocument, variables: { key: instanceKey, run } });
  useEffect(() => {
    if (pulse !== '') ask({ requestPolicy: 'network-only' });
  }, [pulse, ask]);
  return (
    <Loaded data={data} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
      {({ execution }) =>
        execution === null || execution.orders.nodes.length === 0 ? (
          <Empty title={says.noOrders} />
        ) : (
          <Stack gap="lg">
            <Drawn orders={execution.orders.nodes} fills={execution.fills.nodes} />
            <section>
              <Title order={2} size="h4" mb="xs">
                {says.ordersTitle}
              </Title>
              <OrderTable orders={execution.orders.nodes} />
            </section>
            <section>
              <Title order={2} size="h4" mb="xs">
                {says.fillsTitle}
              </Title>
              <FillTable fills={execution.fills.nodes} />
            </section>
          </Stack>
        )
      }
    </Loaded>
  );
}

function Drawn({ orders, fills }: { orders: readonly OrderRow[]; fills: readonly FillRow[] }) {
  const { instance: says } = useText();
  const now = useNow();
  const chart = useMemo(() => quoteChart(orders, fills, now), [orders, fills, now]);
  return (
    <figure className="card" style={{ margin: 0 }} aria-label={says.chart}>
      <Suspense fallback={<Skeleton height={320} />}>
        <QuoteLines chart={chart} />
      </Suspense>
      <Text component="figcaption" size="sm" c="dimmed">
        {says.chartAbout}
      </Text>
    </figure>
  );
}
