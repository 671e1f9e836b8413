import { expect, it } from 'vitest';
import { hasSessionEnded } from './session-end';

const has = () => Promise.resolve(true);
const hasNot = () => Promise.resolve(false);
const nobodyAnswers = () => Promise.reject(new TypeError('Failed to fetch'));

it.each([
  ['the server says that the login has ended', 4401, has, true],
  ['the server says that there is no login', 4403, has, true],
  ['the upgrade was refused as nobody is signed in', 1006, hasNot, true],
  ['the connection broke', 1006, has, false],
  ['the server is gone', 1006, nobodyAnswers, false],
  ['the server ends', 1001, hasNot, false],
])('%s: %d', async (_, code, ask, ended) => {
  expect(await hasSessionEnded(code, ask)).toBe(ended);
});
