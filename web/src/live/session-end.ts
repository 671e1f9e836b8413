/** Whether a socket was closed because nobody is signed in any more. */

/** What the server closes with when the login has ended, and when there was none to begin with. */
const LOGIN_ENDED = 4401;
const NO_LOGIN = 4403;
/** What a browser says of every other end, above all of an upgrade that was refused: it does not tell why. */
const NO_REASON = 1006;

export function isOfSession(code: number): boolean {
  return code === LOGIN_ENDED || code === NO_LOGIN;
}

/** `ask` answers whether there is a session; where it fails, the server is away and nobody knows. */
export async function hasSessionEnded(code: number, ask: () => Promise<boolean>): Promise<boolean> {
  if (isOfSession(code)) return true;
  if (code !== NO_REASON) return false;
  return ask().then((has) => !has, () => false);
}
