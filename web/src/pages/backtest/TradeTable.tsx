import { Text, Title } from '@mantine/core';
import { DataTable } from '../../table/DataTable';
import { useText } from '../../text/text';
import type { BacktestReport } from './backtest';

type Trade = BacktestReport['trades'][number];

export function TradeTable({ report: { trades, tradesLeftOut } }: { report: BacktestReport }) {
  const text = useText();
  const says = text.backtest;
  const { orders, side } = text.instance;
  if (trades.length === 0) return null;
  // Two trades of one moment, price and quantity are told apart by their place alone
  const places = new Map(trades.map((trade, place) => [trade, String(place)]));
  return (
    <section>
      <Title order={3} size="h5" mb="xs">
        {says.trades}
      </Title>
      {tradesLeftOut === 0 ? null : (
        <Text size="sm" c="dimmed" mb="xs">
          {says.leftOut(trades.length, tradesLeftOut)}
        </Text>
      )}
      <DataTable<Trade>
        name={says.trades}
        rows={trades}
        keyOf={(trade) => places.get(trade) ?? ''}
        height="min(50vh, 480px)"
        columns={[
          { id: 'at', header: text.chart.time, width: 'minmax(200px, 1fr)', cell: ({ at }) => <span className="numeric">{at.slice(0, 19).replace('T', ' ')} UTC</span> },
          { id: 'venue', header: orders.venue, width: 'minmax(140px, 1fr)', cell: ({ exchange, pair }) => `${exchange} ${pair}` },
          { id: 'side', header: orders.side, width: 'minmax(60px, 0.4fr)', cell: (trade) => side[trade.side] },
          { id: 'price', header: orders.price, width: 'minmax(110px, 0.8fr)', cell: ({ price }) => <span className="mono">{price}</span> },
          { id: 'quantity', header: orders.quantity, width: 'minmax(110px, 0.8fr)', cell: ({ quantity }) => <span className="mono">{quantity}</span> },
        ]}
      />
    </section>
  );
}
