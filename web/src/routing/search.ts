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

/** A position of the log: digits, as many as the server counts with. */
export function positionIn(value: unknown): string | undefined {
  const text = textIn(value);
  return text !== undefined && /^\d{1,19}$/.test(text) ? text : undefined;
}

/** A number that things are counted with, from 1 on. */
export function ordinalIn(value: unknown): number | undefined {
  const number = Number(textIn(value));
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** A path of our own, wherever the link came from: no other host, and no scheme. */
export function ownPath(value: unknown): string | undefined {
  const path = textIn(value);
  if (path === undefined || !/^\/(?!\/)[^\\\p{Cc}]*$/u.test(path)) return undefined;
  return path;
}

/**
 * What a page takes from its address, all of it optional for whoever links there. A rejected value stays in it as
 * `undefined`: the router lays this over what the address said, so a member that is missing would not be rejected.
 */
export function taken<T extends Record<string, unknown>>(search: T): { [K in keyof T]?: T[K] } {
  return search;
}
