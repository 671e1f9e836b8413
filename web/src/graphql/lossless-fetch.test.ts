import { Client } from '@urql/core';
import { describe, expect, it, vi } from 'vitest';
import { parseJson, toJsonText } from '../json/json-text';
import { losslessFetchExchange } from './lossless-fetch';

function clientThat(answers: string, status = 200) {
  const sent: string[] = [];
  const unauthorized = vi.fn(() => Promise.resolve());
  const send = vi.fn(async (_url: unknown, init?: RequestInit) => {
    sent.push(String(init?.body));
    return new Response(answers, { status });
  });
  const client = new Client({ url: '/graphql', exchanges: [losslessFetchExchange(unauthorized, send as typeof fetch)] });
  return { client, sent, unauthorized };
}

describe('what travels', () => {
  it('keeps numbers as written, both ways', async () => {
    const { client, sent } = clientThat('{"data":{"config":{"price":0.10,"big":123456789012345678901234567890}}}');
    const config = parseJson('{"orderAmount":0.010000000000000000001}');
    const result = await client.query('query Q($config: JSON) { config(of: $config) }', { config }).toPromise();
    expect(toJsonText(result.data.config)).toBe('{"price":0.10,"big":123456789012345678901234567890}');
    expect(sent[0]).toContain('"variables":{"config":{"orderAmount":0.010000000000000000001}}');
  });

  it('tells two exact numbers apart when it asks again', async () => {
    const { client, sent } = clientThat('{"data":{"ok":true}}');
    for (const amount of ['0.10', '0.100']) {
      await client.query('query Q($c: JSON) { ok(c: $c) }', { c: parseJson(`{"a":${amount}}`) }).toPromise();
    }
    expect(sent).toHaveLength(2);
    expect(sent[1]).toContain('0.100');
  });
});

describe('failures', () => {
  it('leave no data where all of it failed', async () => {
    const { client } = clientThat('{"data":null,"errors":[{"message":"no"}]}');
    const result = await client.query('{ me { name } }', {}).toPromise();
    expect(result.data).toBeUndefined();
    expect(result.error?.graphQLErrors[0]?.message).toBe('no');
  });

  it('are network errors where nothing sensible came back', async () => {
    const { client } = clientThat('<html>', 502);
    const result = await client.query('{ me { name } }', {}).toPromise();
    expect(result.error?.networkError).toBeInstanceOf(SyntaxError);
  });
});

describe('once the session has ended', () => {
  /** A server that knows nobody until somebody has signed in. */
  function clientOfNobody() {
    let signedIn = false;
    let back = () => {};
    const unauthorized = vi.fn(() => new Promise<void>((resolve) => (back = resolve)));
    const send = vi.fn(async () => (signedIn ? new Response('{"data":{"ok":true}}') : new Response('{"errors":[{"message":"no"}]}', { status: 401 })));
    const client = new Client({ url: '/graphql', exchanges: [losslessFetchExchange(unauthorized, send as typeof fetch)] });
    const signIn = async () => {
      await vi.waitFor(() => expect(unauthorized).toHaveBeenCalled());
      signedIn = true;
      back();
    };
    return { client, send, signIn };
  }

  it('a query is answered after the sign-in', async () => {
    const { client, send, signIn } = clientOfNobody();
    const asked = client.query('{ ok }', {}).toPromise();
    await signIn();
    expect((await asked).data).toEqual({ ok: true });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['a command', (client: Client) => client.mutation('mutation { ok }', {})],
    ['what a command hangs on', (client: Client) => client.query('{ ok }', {}, { sentOnce: true })],
  ])('%s fails, and is not sent again by itself', async (_, give) => {
    const { client, send, signIn } = clientOfNobody();
    const given = give(client).toPromise();
    await signIn();
    expect((await given).error?.response?.status).toBe(401);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
