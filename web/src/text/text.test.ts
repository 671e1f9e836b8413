import { expect, it } from 'vitest';
import { en } from './en';
import { zh } from './zh';

/** Every entry, by its path. */
function entries(catalogue: object, at = ''): [string, unknown][] {
  return Object.entries(catalogue).flatMap(([name, entry]): [string, unknown][] => {
    const path = `${at}.${name}`;
    return typeof entry === 'object' && entry !== null ? entries(entry, path) : [[path, entry]];
  });
}

it('says everything in both languages', () => {
  const english = entries(en);
  const chinese = new Map(entries(zh));
  expect([...chinese.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  for (const [path, entry] of chinese) {
    expect(typeof entry === 'function' || (typeof entry === 'string' && entry !== ''), path).toBe(true);
  }
});
