import { Client } from '@urql/core';
import { describe, expect, it, vi } from 'vitest';
import { parseJson, toJsonText } from '../json/json-text';
import { losslessFetchExchange } from './lossless-fetch';

function clientThat(answers: string, status = 200) {
  const sent: string[] = [];
  const unauthorized = vi.fn();
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
  it('say that the session ended', async () => {
    const { client, unauthorized } = clientThat('{"errors":[{"message":"no"}]}', 401);
    const result = await client.query('{ me { name } }', {}).toPromise();
    expect(unauthorized).toHaveBeenCalledOnce();
    expect(result.error?.graphQLErrors[0]?.message).toBe('no');
  });

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
