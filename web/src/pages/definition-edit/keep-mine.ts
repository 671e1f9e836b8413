/** What somebody changed, done again on what another person saved meanwhile. */
import { merged, type BothTouched } from '../../diff/merge';
import { printed } from '../../diff/sentences';
import { dotted, pathOf } from '../../json/pointer';
import { jsonEqual } from '../../json/value';
import type { Text } from '../../text/text';
import { contentOf, draftOf, type Draft, type DraftContent } from './draft';

const TEXTS = ['name', 'description', 'executorType', 'visibility'] as const;
const DOCUMENTS = ['configSchema', 'defaultConfig'] as const;

type Both = BothTouched & { part: (typeof TEXTS)[number] | (typeof DOCUMENTS)[number] };

interface Kept {
  content: DraftContent;
  /** Where both changed the same: mine is in the content. */
  both: Both[];
}

export function keepMine(base: DraftContent, mine: DraftContent, latest: DraftContent): Kept {
  const parts = [...TEXTS, ...DOCUMENTS].map((part) => ({ part, ...merged(base[part], mine[part], latest[part]) }));
  const values = Object.fromEntries(parts.map(({ part, value }) => [part, value]));
  return {
    content: values as unknown as DraftContent,
    both: parts.flatMap(({ part, both }) => both.map((touched) => ({ ...touched, part }))),
  };
}

/** The draft with it; a document in which nothing of theirs came in stays as it was typed. */
export function draftOnLatest(base: DraftContent, draft: Draft, latest: DraftContent): Draft {
  const mine = contentOf(draft);
  if (mine === undefined) return draft;
  const { content } = keepMine(base, mine, latest);
  const next = draftOf(content);
  return {
    ...next,
    schemaText: jsonEqual(content.configSchema, mine.configSchema) ? draft.schemaText : next.schemaText,
    defaultsText: jsonEqual(content.defaultConfig, mine.defaultConfig) ? draft.defaultsText : next.defaultsText,
  };
}

/** From theirs to mine, as the lists of changes say it. */
export function bothSentence({ part, pointer, theirs, mine }: Both, text: Text): string {
  const [before, after] = [printed(theirs), printed(mine)];
  if (part === 'defaultConfig') return text.diff.defaultChanged(dotted(pointer) || text.diff.defaults, before, after);
  if (part === 'configSchema') return text.diff.schemaChanged(pathOf(pointer).join('.') || '/', before, after);
  return text.diff.partChanged(text.diff.parts[part], before, after);
}
