/** Keys as they stand in addresses, for the router to escape: as they are, unless they read as a step from page to page. */

/** Browsers follow `.` and `..` however they are escaped, so these get a sign before them, and what has it already one more. */
export const toSegment = (key: string): string => key.replace(/^(?=~*\.\.?$)/, '~');

export const ofSegment = (segment: string): string => segment.replace(/^~(?=~*\.\.?$)/, '');

/** For every route with a key in its path. */
export const KEYED = {
  parse: ({ key }: { key: string }) => ({ key: ofSegment(key) }),
  stringify: ({ key }: { key: string }) => ({ key: toSegment(key) }),
};
