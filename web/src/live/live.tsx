/** Live updates for the whole page: one socket, one status, and the feed of everything but orders. */
import { createContext, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { TadaDocumentNode } from 'gql.tada';
import { sessionEnded, useSessionEnded } from '../session/ended';
import { ConnectionStatus, type Connection } from './connection';
import { Feed } from './feed';
import { lifecycleDocument, type LifecycleEvent } from './lifecycle';
import { LifecycleLog } from './lifecycle-log';
import type { Position } from './position';
import { seenPosition } from './seen-position';
import type { Socket } from './socket';

interface Live {
  /** Nothing until it is loaded: the first page does not wait for it. */
  socket: Socket | undefined;
  status: ConnectionStatus;
  log: LifecycleLog;
  feeds: Set<Feed<never>>;
}

const LiveContext = createContext<Live | null>(null);

/** `head`: where the log stood when this page was loaded; what came after it is not missed. */
export function LiveProvider({ head, children }: { head: Position; children: ReactNode }) {
  const [socket, setSocket] = useState<Socket | undefined>();
  // What is recorded by now, lists must show, or say that they do not
  useState(() => seenPosition.note(head));
  const [shared] = useState(() => ({ status: new ConnectionStatus(), log: new LifecycleLog(), feeds: new Set<Feed<never>>() }));
  const live = useMemo<Live>(() => ({ ...shared, socket }), [shared, socket]);
  useEffect(() => {
    void import('./socket').then(({ createSocket }) => setSocket(createSocket(() => void sessionEnded())));
  }, []);
  useEffect(() => {
    const hurry = () => {
      if (document.visibilityState === 'visible') for (const feed of shared.feeds) feed.hurry();
    };
    window.addEventListener('online', hurry);
    document.addEventListener('visibilitychange', hurry);
    return () => {
      window.removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', hurry);
    };
  }, [shared]);
  return (
    <LiveContext.Provider value={live}>
      <Lifecycle head={head} />
      {children}
    </LiveContext.Provider>
  );
}

function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('LiveProvider is missing');
  return live;
}

export function useConnection(): Connection {
  const { status } = useLive();
  return useSyncExternalStore(status.subscribe, status.current);
}

export function usePause(): (paused: boolean) => void {
  const { status } = useLive();
  return (paused) => status.setPaused(paused);
}

interface FeedRequest<Result, Variables extends Record<string, unknown>, Value> {
  document: TadaDocumentNode<Result, Variables>;
  variables: (after: Position | undefined) => Variables;
  read: (result: Result) => Value;
  positionOf: (value: Value) => Position | undefined;
  onValue: (value: Value) => void;
  after?: Position | undefined;
  /** Another key is another subscription. Nothing is subscribed to without one. */
  key: string | undefined;
}

/** Subscribes while the component is there, nobody paused, and somebody is signed in. */
export function useFeed<Result, Variables extends Record<string, unknown>, Value>(
  request: FeedRequest<Result, Variables, Value>,
): void {
  const { socket, status, feeds } = useLive();
  const paused = useSyncExternalStore(status.subscribe, () => status.paused);
  const ended = useSessionEnded();
  const latest = useRef(request);
  latest.current = request;
  const feedRef = useRef<Feed<Value> | undefined>(undefined);

  useEffect(() => {
    if (request.key === undefined || socket === undefined) return;
    const feed: Feed<Value> = new Feed<Value>(
      {
        status,
        isFinal: socket.isFinal,
        positionOf: (value) => latest.current.positionOf(value),
        onValue: (value) => {
          seenPosition.note(latest.current.positionOf(value));
          latest.current.onValue(value);
        },
        open: (after, sink) => {
          const { document, variables, read } = latest.current;
          const opened = socket.whenOpen(() => feed.opened());
          const end = socket.subscribe(document, variables(after), { ...sink, next: (result) => sink.next(read(result)) });
          return () => {
            opened();
            end();
          };
        },
      },
      latest.current.after,
    );
    feedRef.current = feed;
    feeds.add(feed as unknown as Feed<never>);
    return () => {
      feeds.delete(feed as unknown as Feed<never>);
      feed.stop();
    };
  }, [request.key, socket, status, feeds]);

  useEffect(() => {
    const feed = feedRef.current;
    if (request.key === undefined || feed === undefined) return;
    if (paused || ended) feed.stop();
    else feed.start();
  }, [paused, ended, request.key, socket]);
}

/** Follows definitions, instances, switches and guards: few events, and every command's effect is among them. */
function Lifecycle({ head }: { head: Position }) {
  const { log } = useLive();
  useFeed({
    key: 'lifecycle',
    after: head,
    document: lifecycleDocument,
    variables: (after) => ({ after: after ?? null }),
    read: (result) => result.events,
    positionOf: (event) => event.position,
    onValue: (event) => log.add(event),
  });
  return null;
}

export function useLifecycleLog(): LifecycleLog {
  return useLive().log;
}

/** Calls back for each lifecycle event while the component is there. */
export function useLifecycle(onEvent: (event: LifecycleEvent) => void): void {
  const { log } = useLive();
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => log.listen((event) => latest.current(event)), [log]);
}
