/** The starts, stops and failures of the last day, as far back as a few answers reach, and those that come in. */
import { useEffect, useState } from 'react';
import { useClient, type Client } from 'urql';
import { useLifecycle } from '../../live/live';
import { comparePositions } from '../../live/position';
import { LIFECYCLE_TYPES, unknownStates, type LifecycleEvent, type State, type Unknown } from './activity';
import { activityDocument, statusAtDocument } from './overview';

const DAY = 86_400;
/** Each answer looks at 20,000 events: an installation that trades a lot is shown a shorter time, and told so. */
const MOST_ANSWERS = 6;
/** Looked up one by one. */
const MOST_LOOKED_UP = 25;

export interface Activity {
  /** In commit order. */
  events: readonly LifecycleEvent[];
  /** Seconds: nothing is known from before. */
  since: number;
  /** The whole day is known. */
  complete: boolean;
  told: (unknown: Unknown) => State | undefined;
}

interface Read {
  events: LifecycleEvent[];
  since: number;
  complete: boolean;
}

export function useActivity(): { activity: Activity | undefined; failed: boolean } {
  const client = useClient();
  const [read, setRead] = useState<Read | undefined>();
  const [failed, setFailed] = useState(false);
  const [states, setStates] = useState<ReadonlyMap<string, State>>(new Map());

  useEffect(() => {
    let wanted = true;
    void readDay(client).then((day) => {
      if (!wanted) return;
      setFailed(day === undefined);
      setRead((before) => (day === undefined ? before : { ...day, events: inOrder([...day.events, ...(before?.events ?? [])]) }));
    });
    return () => {
      wanted = false;
    };
  }, [client]);

  useLifecycle(({ type, streamId, position, recordedAt }) => {
    if (!LIFECYCLE_TYPES.some((known) => known === type)) return;
    const event = { type, streamId, position, at: seconds(recordedAt) };
    setRead((before) => (before === undefined ? before : { ...before, events: inOrder([...before.events, event]) }));
  });

  useEffect(() => {
    const missing = unknownStates(read?.events ?? []).filter((one) => !states.has(nameOf(one)));
    if (missing.length === 0 || missing.length > MOST_LOOKED_UP) return;
    let wanted = true;
    void Promise.all(missing.map((one) => stateAt(client, one))).then((answers) => {
      const found = answers.flat();
      if (wanted && found.length > 0) setStates((before) => new Map([...before, ...found]));
    });
    return () => {
      wanted = false;
    };
  }, [client, read, states]);

  if (read === undefined) return { activity: undefined, failed };
  return { activity: fromKnown(read, (unknown) => states.get(nameOf(unknown))), failed };
}

const seconds = (moment: string) => new Date(moment).getTime() / 1000;
const nameOf = ({ streamId, position }: Pick<Unknown, 'streamId' | 'position'>) => `${position} ${streamId}`;

function inOrder(events: readonly LifecycleEvent[]): LifecycleEvent[] {
  const once = new Map(events.map((event) => [event.position, event]));
  return [...once.values()].sort((a, b) => comparePositions(a.position, b.position));
}

/** What is shown begins after the last event whose meaning could not be found out. */
function fromKnown({ events, since, complete }: Read, told: Activity['told']): Activity {
  const open = unknownStates(events).filter((one) => told(one) === undefined).at(-1);
  return { events, since: Math.max(since, open?.at ?? since), complete: complete && open === undefined, told };
}

async function readDay(client: Client): Promise<Read | undefined> {
  const from = Date.now() / 1000 - DAY;
  const events: LifecycleEvent[] = [];
  let after: string | null = null;
  for (let answer = 0; answer < MOST_ANSWERS; answer += 1) {
    const page = await readPage(client, from, after);
    if (page === undefined) return undefined;
    events.push(...page.nodes.map(({ recordedAt, ...event }) => ({ ...event, at: seconds(recordedAt) })));
    after = page.nextCursor;
    if (after === null) return { events, since: from, complete: true };
  }
  return { events, since: events.at(-1)?.at ?? Date.now() / 1000, complete: false };
}

async function readPage(client: Client, from: number, after: string | null) {
  const variables = { types: [...LIFECYCLE_TYPES], from: new Date(from * 1000).toISOString(), after };
  return (await client.query(activityDocument, variables, { requestPolicy: 'network-only' }).toPromise()).data?.events;
}

async function stateAt(client: Client, unknown: Unknown): Promise<[string, State][]> {
  const { data } = await client.query(statusAtDocument, { key: unknown.streamId, position: unknown.position }).toPromise();
  const status = data?.instance?.status;
  return status === undefined ? [] : [[nameOf(unknown), status]];
}
