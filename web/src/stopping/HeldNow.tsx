/** What there would be to close, as far as the page knows; it follows the run while the dialog is open. */
import { List, Text } from '@mantine/core';
import { useText } from '../text/text';
import { heldOf } from './stop-mode';

interface HeldNowProps {
  /** Nothing where no executor took the run up. */
  positions: Parameters<typeof heldOf>[0] | undefined;
}

export function HeldNow({ positions }: HeldNowProps) {
  const text = useText();
  const says = text.stopping;
  const held = heldOf(positions ?? []);
  if (held.length === 0) {
    return <Text size="sm">{positions === undefined ? text.instance.noExecution : says.holdsNothing}</Text>;
  }
  return (
    <div>
      <Text size="sm">{says.holds}</Text>
      <List size="sm">
        {held.map(({ exchange, pair, coin, amount, isShort }) => (
          <List.Item key={`${exchange} ${pair}`}>{(isShort ? says.short : says.long)(`${amount} ${coin}`, `${exchange} ${pair}`)}</List.Item>
        ))}
      </List>
    </div>
  );
}
