/** What a browser's field for a date and a time holds, as a moment; nothing while it is not whole. */
export function momentTyped(typed: string, zone: 'utc' | 'local'): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(typed)) return undefined;
  const moment = new Date(zone === 'utc' ? `${typed}Z` : typed);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}
