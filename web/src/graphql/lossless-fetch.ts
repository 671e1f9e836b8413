/**
 * Sends operations and reads answers with numbers as they are written. The client's own exchange would read them
 * as doubles, and a price would lose its last digits on the way to the form and back.
 */
import { makeErrorResult, makeResult, stringifyDocument, type Exchange, type Operation, type OperationResult } from '@urql/core';
import { filter, fromPromise, merge, mergeMap, pipe, takeUntil } from 'wonka';
import { hasExactNumber, isPlainJson } from '../json/plain-json';

interface Answer {
  data?: unknown;
  errors?: readonly { message: string }[];
}

/** The session has ended. Resolves once somebody is signed in again. */
export type OnUnauthorized = () => Promise<void>;

export const losslessFetchExchange =
  (onUnauthorized: OnUnauthorized, send: typeof fetch = (...args) => fetch(...args)): Exchange =>
  ({ forward }) =>
  (operations) => {
    const isOurs = (operation: Operation) => operation.kind === 'query' || operation.kind === 'mutation';
    const answered = pipe(
      operations,
      filter(isOurs),
      mergeMap((operation) => {
        const abort = new AbortController();
        const torndown = pipe(
          operations,
          filter(({ kind, key }) => kind === 'teardown' && key === operation.key),
          filter(() => {
            abort.abort();
            return true;
          }),
        );
        return pipe(fromPromise(answer(operation, send, abort.signal, onUnauthorized)), takeUntil(torndown));
      }),
    );
    const others = pipe(operations, filter((operation) => !isOurs(operation)), forward);
    return merge([answered, others]);
  };

async function answer(
  operation: Operation,
  send: typeof fetch,
  signal: AbortSignal,
  onUnauthorized: OnUnauthorized,
): Promise<OperationResult> {
  try {
    const response = await send(operation.context.url, {
      method: 'POST',
      signal,
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' },
      body: await written({ query: stringifyDocument(operation.query), variables: operation.variables ?? {} }),
    });
    if (response.status === 401) {
      await onUnauthorized();
      // What is asked is asked again; what was to be done, or what that hangs on, may no longer be meant by now
      if (operation.kind === 'query' && !operation.context['sentOnce']) return answer(operation, send, signal, onUnauthorized);
    }
    const body = await read(await response.text());
    if (body.data === undefined && body.errors === undefined) throw new Error(`${response.status} ${response.statusText}`);
    const result = makeResult(operation, body as Parameters<typeof makeResult>[1], response);
    // An answer of errors alone has no data, whether it says so with `null` or not at all
    return { ...result, data: result.data ?? undefined };
  } catch (error) {
    const networkError = error instanceof Error ? error : new Error(String(error));
    return makeErrorResult(operation, networkError);
  }
}

/** The careful reader and writer are loaded when there is a number that needs them. */
async function written(request: { query: string; variables: unknown }): Promise<string> {
  if (!hasExactNumber(request.variables)) return JSON.stringify(request);
  return (await import('../json/json-text')).toJsonText(request);
}

async function read(text: string): Promise<Answer> {
  if (isPlainJson(text)) return JSON.parse(text) as Answer;
  return (await import('../json/json-text')).parseJson(text) as unknown as Answer;
}
