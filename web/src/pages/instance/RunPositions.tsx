/** What trades came to, market by market. */
import { Title } from '@mantine/core';
import { Amount } from '../../page/Amount';
import { Fact, Facts } from '../../page/Facts';
import { useText } from '../../text/text';
import type { MarketPosition } from './instance';

interface RunPositionsProps {
  positions: readonly MarketPosition[];
  /** Whose they are, where no heading says so. */
  title?: string;
}

export function RunPositions({ positions, title }: RunPositionsProps) {
  const says = useText().instance;
  return positions.map((position) => {
    const [base, quote] = position.pair.split(/[/-]/);
    return (
      <section key={`${position.exchange} ${position.pair}`} className="card" aria-label={`${position.exchange} ${position.pair}`}>
        <Title order={title === undefined ? 3 : 2} size={title === undefined ? 'h5' : 'h4'} mb="sm">
          {title === undefined ? '' : `${title} · `}
          {position.exchange} {position.pair}
        </Title>
        <Facts>
          <Fact name={says.position.profit}>
            <Amount of={position.profit} currency={quote} />
          </Fact>
          <Fact name={says.position.realised}>
            <Amount of={position.realised} currency={quote} />
          </Fact>
          <Fact name={says.position.unrealised}>
            <Amount of={position.unrealised} currency={quote} />
          </Fact>
          <Fact name={says.position.fees}>
            <Amount of={position.fees} currency={quote} />
          </Fact>
          {position.otherFees.map((fee) => (
            <Fact key={fee.coin} name={says.position.fees}>
              <Amount of={fee.amount} currency={fee.coin} />
            </Fact>
          ))}
          <Fact name={says.position.held}>
            <Amount of={position.base} currency={base} />
          </Fact>
          <Fact name={says.position.averageCost}>{position.averageCost === null ? '–' : <Amount of={position.averageCost} currency={quote} />}</Fact>
          <Fact name={says.position.mark}>{position.markPrice === null ? '–' : <Amount of={position.markPrice} currency={quote} />}</Fact>
          <Fact name={says.position.volume}>
            <Amount of={position.volume} currency={quote} />
          </Fact>
        </Facts>
      </section>
    );
  });
}
