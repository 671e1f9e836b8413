/** What pages keep in the address: texts and lists of texts, nothing else. */

/** A text, or nothing where it is empty or something else. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function oneOf<const C extends string>(value: unknown, choices: readonly C[]): C | undefined {
  return choices.find((choice) => choice === value);
}

export function severalOf<const C extends string>(value: unknown, choices: readonly C[]): C[] | undefined {
  const given = Array.isArray(value) ? value : [value];
  const known = choices.filter((choice) => given.includes(choice));
  return known.length === 0 ? undefined : known;
}

export function textsIn(value: unknown): string[] | undefined {
  const given = (Array.isArray(value) ? value : [value]).map(textIn).filter((text) => text !== undefined);
  return given.length === 0 ? undefined : given;
}

export function yesOrNo(value: unknown): boolean | undefined {
  return value === true || value === false ? value : undefined;
}

/** Only what is set, so that an address says no more than it has to. */
export function compact<T extends Record<string, unknown>>(search: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const set = Object.entries(search).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
