/** What a guard watches, in words that fit into a sentence. */
import type { Text } from '../text/text';
import type { Guard } from './guards';

export function watchedSaid({ scope, target }: Pick<Guard, 'scope' | 'target'>, says: Text['guards']): string {
  switch (scope) {
    case 'SYSTEM':
      return says.everything;
    case 'ACCOUNT':
      return says.onExchange(target ?? '');
    case 'DEFINITION':
      return says.ofDefinition(target ?? '');
    case 'INSTANCE':
      return target ?? '';
    default:
      return scope satisfies never;
  }
}

/** The limits of a rule, each with its currency. */
export function limitsSaid({ loss, drawdown, currency }: Pick<Guard, 'loss' | 'drawdown' | 'currency'>, says: Text['guards']): string[] {
  return [
    ...(loss === null ? [] : [says.lossOf(`${loss} ${currency}`)]),
    ...(drawdown === null ? [] : [says.drawdownOf(`${drawdown} ${currency}`)]),
  ];
}
