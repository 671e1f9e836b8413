/** The one socket that carries all subscriptions. Reconnecting is the feeds' business: they know where they were. */
import { createClient, type Client } from 'graphql-ws';
import type { TadaDocumentNode } from 'gql.tada';
import { stringifyDocument } from '@urql/core';
import { GRAPHQL_PATH } from '../graphql/client';
import { hasSession } from '../session/session';
import type { Sink } from './feed';
import { hasSessionEnded, isOfSession } from './session-end';

/** Without an answer to a ping for this long, the connection is dead whatever the browser thinks. */
const PING_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 5_000;

export interface Socket {
  /** Calls back once the server has taken the connection: at once where it has. Answers how to stop waiting. */
  whenOpen: (tell: () => void) => () => void;
  subscribe: Subscribe;
  /** Not signed in, or not allowed: asking again changes nothing. */
  isFinal: (reason: unknown) => boolean;
}

/** One subscription; answers how to end it. */
type Subscribe = <Result, Variables extends Record<string, unknown>>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  sink: Sink<Result>,
) => () => void;

/** `onSessionEnd`: it was closed because nobody is signed in any more. */
export function createSocket(onSessionEnd: () => void): Socket {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;
  let open = false;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const client = createClient({
    url: `${scheme}://${location.host}${GRAPHQL_PATH}`,
    retryAttempts: 0,
    keepAlive: PING_EVERY_MS,
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      ping: (received) => {
        if (received) return;
        waiting = setTimeout(() => socket?.close(4408, 'no answer'), ANSWER_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(waiting);
      },
      connected: () => {
        open = true;
      },
      closed: (event) => {
        open = false;
        clearTimeout(waiting);
        void hasSessionEnded((event as CloseEvent).code, hasSession).then((ended) => {
          if (ended) onSessionEnd();
        });
      },
    },
  });
  const whenOpen = (tell: () => void) => {
    if (open) queueMicrotask(tell);
    return client.on('connected', tell);
  };
  return { whenOpen, isFinal, subscribe: subscribeTo(client) };
}

function subscribeTo(client: Client): Subscribe {
  return (document, variables, sink) =>
    client.subscribe(
      { query: stringifyDocument(document), variables },
      {
        next: ({ data, errors }) => {
          if (errors !== undefined) sink.error(errors);
          // The document says what its answers look like; the server is held to the schema by its own tests
          else if (data !== null && data !== undefined) sink.next(data as never);
        },
        error: sink.error,
        complete: sink.complete,
      },
    );
}

function isFinal(reason: unknown): boolean {
  if (reason instanceof CloseEvent) return isOfSession(reason.code);
  if (!Array.isArray(reason)) return false;
  return reason.some((error: { extensions?: { code?: string } }) => {
    return error.extensions?.code === 'FORBIDDEN' || error.extensions?.code === 'UNAUTHENTICATED';
  });
}
