/** What the server says in sentences, said in another language: by their codes and what stands in them. */
import { graphql } from '../graphql/graphql';
import { isJsonObject, type JsonValue } from '../json/value';

export type PhraseCode = ReturnType<typeof graphql.scalar<'PhraseCode'>>;

/** As the API tells it beside its own, English sentence; null where there is none. */
export type Phrase = { code: PhraseCode; params: JsonValue } | null;

/** A wording for every code; `{name}` is where the parameter of that name stands. */
export type Phrases = Readonly<Record<PhraseCode, string>>;

/** A newer server's codes are unknown here: its own sentence is better than none. */
export function worded(phrases: Partial<Phrases>, ownReason?: (reason: string) => string): (sentence: string, phrase: Phrase) => string {
  return (sentence, phrase) => {
    if (phrase === null) return sentence;
    const known = ownReason === undefined || !WITH_OWN_REASONS.has(phrase.code) ? phrase : withReason(phrase, ownReason);
    return inWords(known, phrases) ?? sentence;
  };
}

/** Whose reasons executors or venues write, not people. */
const WITH_OWN_REASONS: ReadonlySet<PhraseCode> = new Set<PhraseCode>(['DECIDED_CANCEL', 'DECIDED_NOTHING', 'CANCEL_INTENDED', 'ORDER_REJECTED', 'TICK_SKIPPED']);

function withReason({ code, params }: NonNullable<Phrase>, ownReason: (reason: string) => string): NonNullable<Phrase> {
  if (!isJsonObject(params) || typeof params['reason'] !== 'string') return { code, params };
  return { code, params: { ...params, reason: ownReason(params['reason']) } };
}

function inWords({ code, params }: { code: string; params: JsonValue | undefined }, phrases: Readonly<Record<string, string>>): string | undefined {
  const wording = Object.hasOwn(phrases, code) ? phrases[code] : undefined;
  if (wording === undefined || !isJsonObject(params)) return undefined;
  const stands = new Map(Object.entries(params).map(([name, param]) => [name, paramInWords(param, phrases)]));
  let whole = true;
  const said = wording.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = stands.get(name);
    whole &&= text !== undefined;
    return text ?? '';
  });
  return whole ? said : undefined;
}

function paramInWords(param: JsonValue, phrases: Readonly<Record<string, string>>): string | undefined {
  if (!isJsonObject(param)) return String(param);
  return inWords({ code: String(param['code']), params: param['params'] }, phrases);
}
