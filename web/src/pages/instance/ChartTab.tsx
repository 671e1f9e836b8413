/** Quotes and fills as a chart, and the same numbers as tables. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { useText } from '../../text/text';
import { FillTable, OrderTable } from './OrderTables';
import { QuoteChart } from './QuoteChart';
import { useRunOrders, type RunPlace } from './use-run-orders';

export function ChartTab(place: RunPlace) {
  const text = useText();
  const says = text.instance;
  const { seen, fetching, error, reload, earlier } = useRunOrders(place);
  return (
    <Loaded data={seen} fetching={fetching} error={error} retry={reload}>
      {({ orders, fills, netBase, closedAt }) =>
        orders.length === 0 ? (
          <Empty title={says.noOrders} />
        ) : (
          <Stack gap="lg">
            <QuoteChart orders={orders} fills={fills} netBase={netBase} closedAt={closedAt} />
            <Group justify="space-between">
              <Text size="sm" c="dimmed">
                {earlier === undefined ? says.ordersAll(orders.length) : says.ordersSeen(orders.length)}
              </Text>
              {earlier === undefined ? null : (
                <Button variant="default" size="sm" onClick={earlier}>
                  {says.earlierOrders}
                </Button>
              )}
            </Group>
            <section>
              <Title order={2} size="h4" mb="xs">
                {says.fillsTitle}
              </Title>
              <FillTable fills={fills} />
            </section>
            <section>
              <Title order={2} size="h4" mb="xs">
                {says.ordersTitle}
              </Title>
              <OrderTable orders={orders} />
            </section>
          </Stack>
        )
      }
    </Loaded>
  );
}
