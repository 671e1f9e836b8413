/** Why a text is no JSON, and where: for sentences in whatever language. */
export interface Unreadable {
  /** As the parser says it, in English. */
  message: string;
  /** The name that stands twice in one object, where that is why. */
  duplicate: string | undefined;
  /** Where in the text, from 0 on; and as people count. */
  at: number;
  line: number;
  column: number;
}

/** The parser names the place in its message. */
export function whyUnreadable(error: unknown, text: string): Unreadable {
  const message = error instanceof Error ? error.message : String(error);
  const at = Math.min(Number(/position (\d+)/.exec(message)?.[1] ?? text.length), text.length);
  const before = text.slice(0, at).split('\n');
  return {
    message,
    duplicate: /^Duplicate key '(.*)' encountered/s.exec(message)?.[1],
    at,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}
