/** Why an instance is skipped. The API tells it in English only: each sentence it can say is known here by its words. */
const SENTENCES = {
  noExecutor: /^no executor runs strategy type (.+)$/s,
  noDefinition: /^no enabled definition uses executor (.+)$/s,
  lookedAtBefore: /^this very request looked at it before$/,
  linkedMeanwhile: /^it was linked meanwhile$/,
} as const;

export type SkipReasons = Readonly<Record<keyof typeof SENTENCES, (of: string) => string>>;

/** In the reader's language; what a newer server says stays as the server says it. */
export function skipReasonSaid(sentence: string, reasons: SkipReasons): string {
  for (const [code, pattern] of Object.entries(SENTENCES)) {
    const [whole, of = ''] = pattern.exec(sentence) ?? [];
    if (whole !== undefined) return reasons[code as keyof SkipReasons](of);
  }
  return sentence;
}
