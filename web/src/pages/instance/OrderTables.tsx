import { Text } from '@mantine/core';
import { DataTable } from '../../table/DataTable';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import type { FillRow, OrderRow } from './instance';

export function OrderTable({ orders }: { orders: readonly OrderRow[] }) {
  const { instance: says, ownReason } = useText();
  return (
    <DataTable
      name={says.ordersTitle}
      rows={orders}
      keyOf={(order) => order.clientOrderId}
      columns={[
        { id: 'at', header: says.orders.at, width: 'minmax(200px, 1fr)', cell: (order) => <Moment at={order.intendedAt} /> },
        { id: 'slot', header: says.orders.slot, width: 'minmax(140px, 1fr)', cell: (order) => order.slot },
        { id: 'venue', header: says.orders.venue, width: 'minmax(140px, 1fr)', cell: (order) => `${order.exchange} ${order.pair}` },
        { id: 'side', header: says.orders.side, width: 'minmax(60px, 0.4fr)', cell: (order) => says.side[order.side] },
        { id: 'price', header: says.orders.price, width: 'minmax(110px, 0.8fr)', cell: (order) => <span className="mono">{order.price}</span> },
        { id: 'quantity', header: says.orders.quantity, width: 'minmax(110px, 0.8fr)', cell: (order) => <span className="mono">{order.quantity}</span> },
        { id: 'filled', header: says.orders.filled, width: 'minmax(90px, 0.6fr)', cell: (order) => <span className="mono">{order.filled}</span> },
        { id: 'state', header: says.orders.state, width: 'minmax(90px, 0.6fr)', cell: (order) => says.orderState[order.state] },
        { id: 'why', header: says.orders.why, width: 'minmax(140px, 1.2fr)', cell: (order) => (order.reason === null ? '–' : ownReason(order.reason)) },
      ]}
    />
  );
}

export function FillTable({ fills }: { fills: readonly FillRow[] }) {
  const { instance: says, chart } = useText();
  if (fills.length === 0) return <Text c="dimmed">{says.noFills}</Text>;
  return (
    <DataTable
      name={says.fillsTitle}
      rows={fills}
      keyOf={(fill) => fill.fillId}
      columns={[
        { id: 'at', header: chart.time, width: 'minmax(200px, 1fr)', cell: (fill) => <Moment at={fill.filledAt} /> },
        { id: 'slot', header: says.orders.slot, width: 'minmax(140px, 1fr)', cell: (fill) => fill.slot ?? '–' },
        { id: 'side', header: says.orders.side, width: 'minmax(60px, 0.4fr)', cell: (fill) => (fill.side === null ? '–' : says.side[fill.side]) },
        { id: 'price', header: says.orders.price, width: 'minmax(110px, 1fr)', cell: (fill) => <span className="mono">{fill.price}</span> },
        { id: 'quantity', header: says.orders.quantity, width: 'minmax(110px, 1fr)', cell: (fill) => <span className="mono">{fill.quantity}</span> },
        { id: 'fee', header: says.orders.fee, width: 'minmax(130px, 1fr)', cell: (fill) => <span className="mono">{`${fill.fee} ${fill.feeCurrency}`}</span> },
      ]}
    />
  );
}
