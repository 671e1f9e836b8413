/** A moment of the past as the address carries it: a position or a time. */
export type AsOf = { position: string } | { time: string };

export function readAsOf(text: string | undefined): AsOf | undefined {
  const given = text?.trim().replace(/[\s\u202f]/g, '') ?? '';
  if (/^\d{1,19}$/.test(given)) return { position: given.replace(/^0+(?=\d)/, '') };
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(given)) return undefined;
  // Without a zone it is UTC, as everywhere else
  const moment = new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(given) ? given : `${given}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : { time: moment.toISOString() };
}

/** The address asks for a moment that is none. */
export function isUnreadable(text: string | undefined): boolean {
  return text !== undefined && readAsOf(text) === undefined;
}

/** The moment that a thing says it is of, for what belongs to it; nothing for now. */
export function asOfPosition(position: string | null) {
  return position === null ? null : asOfInput({ position });
}

/** For a query's variables: one of the two, or nothing for now. */
export function asOfInput(asOf: AsOf | undefined) {
  if (asOf === undefined) return null;
  return 'position' in asOf ? { position: asOf.position, time: null } : { position: null, time: asOf.time };
}
