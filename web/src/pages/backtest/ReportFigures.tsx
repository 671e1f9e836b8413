/** Profit and its parts, and what it took. */
import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Amount } from '../../page/Amount';
import { Fact, Facts } from '../../page/Facts';
import { useText } from '../../text/text';
import type { BacktestReport } from './backtest';

export function ReportFigures({ report }: { report: BacktestReport }) {
  const text = useText();
  const says = text.backtest;
  const { orders } = report;
  const quote = quoteOf(report.markets[0]?.pair);
  return (
    <div className="cards">
      <section className="card">
        <Headline name={text.instance.position.profit}>
          <Amount of={report.profit} currency={quote} />
        </Headline>
        <Facts>
          <Fact name={text.instance.position.realised}><Amount of={report.realised} currency={quote} /></Fact>
          <Fact name={text.instance.position.unrealised}><Amount of={report.unrealised} currency={quote} /></Fact>
          <Fact name={text.instance.position.fees}><Amount of={report.fees} currency={quote} /></Fact>
          {report.otherFees.map((fee) => (
            <Fact key={fee.coin} name={text.instance.position.fees}><Amount of={fee.amount} currency={fee.coin} /></Fact>
          ))}
          <Fact name={says.drawdown}><Amount of={report.maxDrawdown} currency={quote} /></Fact>
        </Facts>
      </section>
      <section className="card">
        <Headline name={says.quoted}>{report.bothSidesQuoted === null ? '–' : percent(Number(report.bothSidesQuoted))}</Headline>
        <Facts>
          <Fact name={says.orders.placed}><span className="mono">{orders.placed}</span></Fact>
          <Fact name={says.orders.filled}><span className="mono">{orders.filled}</span></Fact>
          <Fact name={says.orders.cancelled}><span className="mono">{orders.cancelled}</span></Fact>
          <Fact name={says.orders.rejected}><span className="mono">{orders.rejected}</span></Fact>
          <Fact name={text.instance.position.volume}><Amount of={report.volume} currency={quote} /></Fact>
        </Facts>
      </section>
      {report.markets.length === 0 ? (
        <section className="card">
          <Text>{text.instance.noTrades}</Text>
        </section>
      ) : null}
      {report.markets.map((market) => (
        <Market key={`${market.exchange} ${market.pair}`} market={market} />
      ))}
    </div>
  );
}

function Headline({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <Title order={3} size="h5">
        {name}
      </Title>
      <Text size="xl" fw={700} mb="sm" className="numeric">
        {children}
      </Text>
    </>
  );
}

function Market({ market }: { market: BacktestReport['markets'][number] }) {
  const text = useText();
  const says = text.backtest;
  const [base] = market.pair.split(/[/-]/);
  const quote = quoteOf(market.pair);
  return (
    <section className="card">
      <Headline name={says.inventoryOn(`${market.exchange} ${market.pair}`)}>
        <Amount of={market.inventory} currency={base} />
      </Headline>
      <Facts>
        <Fact name={says.largest}><Amount of={market.largestInventory} currency={base} /></Fact>
        <Fact name={says.bought}><Amount of={market.bought} currency={base} /></Fact>
        <Fact name={says.sold}><Amount of={market.sold} currency={base} /></Fact>
        <Fact name={says.trades}><span className="mono">{market.trades}</span></Fact>
        <Fact name={says.lastPrice}><Amount of={market.lastPrice} currency={quote} /></Fact>
        <Fact name={text.instance.position.profit}><Amount of={market.profit} currency={quote} /></Fact>
      </Facts>
    </section>
  );
}

const quoteOf = (pair: string | undefined) => pair?.split(/[/-]/)[1];

const percent = (part: number) => `${(part * 100).toFixed(2)} %`;
