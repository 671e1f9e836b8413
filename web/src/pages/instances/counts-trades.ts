/** Only volume executors count what they executed; of the others a 0 beside their fills would say that nothing was. */
interface Counted {
  executorType: string | null;
  executedTrades: number;
}

export function countsTrades({ executorType, executedTrades }: Counted): boolean {
  // An imported row has the count that it came with, whatever ran it
  return executorType === 'volume' || executedTrades > 0;
}
