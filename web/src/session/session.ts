/** The session lives in a cookie that no script can read; here is only whether there is one. */
export const SESSION_PATH = '/api/v1/session';

export type SignIn = { ok: true } | { ok: false; why: 'wrong' | 'failed' } | { ok: false; why: 'locked'; seconds: number };

/** Whose it is; nothing where there is none. */
export async function nameInSession(): Promise<string | undefined> {
  const response = await fetch(SESSION_PATH, { credentials: 'same-origin', headers: { accept: 'application/json' } });
  if (response.status === 401) return undefined;
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const { name } = (await response.json()) as { name: string };
  return name;
}

export async function hasSession(): Promise<boolean> {
  return (await nameInSession()) !== undefined;
}

export async function signIn(username: string, password: string): Promise<SignIn> {
  const response = await fetch(SESSION_PATH, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ ...(username === '' ? {} : { username }), password }),
  });
  if (response.ok) return { ok: true };
  if (response.status === 401 || response.status === 403) return { ok: false, why: 'wrong' };
  if (response.status !== 429) return { ok: false, why: 'failed' };
  const seconds = Number(response.headers.get('retry-after') ?? 60);
  return { ok: false, why: 'locked', seconds: Number.isFinite(seconds) ? seconds : 60 };
}

export async function signOut(): Promise<void> {
  await fetch(SESSION_PATH, { method: 'DELETE', credentials: 'same-origin', headers: { 'content-type': 'application/json' } });
}
