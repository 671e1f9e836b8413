/** What the executor decided, tick by tick, and on what; and what was asked of it: other values to decide by, and its end. */
import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import type { ResultOf } from '../../graphql/graphql';
import { isJsonObject, type JsonValue } from '../../json/value';
import { useLifecycle } from '../../live/live';
import { groupedPosition, reached, type Position } from '../../live/position';
import { Loaded } from '../../page/Loaded';
import { LongList } from '../../page/LongList';
import { PageLink } from '../../routing/links';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { asOfPosition } from '../../travel/as-of';
import { askedDocument, decisionsDocument } from './instance';
import { askedOfRun, heldAt, inOneOrder } from './timeline';
import type { RunPlace } from './use-run-orders';

export function TimelineTab({ instanceKey, run, asOf, pulse }: RunPlace) {
  const text = useText();
  const { connection, fetching, error, more, reload, refresh } = usePages({
    document: decisionsDocument,
    variables: { key: instanceKey, run, asOf: asOfPosition(asOf), first: 50 },
    read: (result) => result.execution?.decisions ?? NOTHING,
    keyOf: ({ position, sentence }) => `${position} ${sentence}`,
  });
  const [{ data, fetching: asking }, askAgain] = useQuery({ query: askedDocument, variables: { key: instanceKey } });
  const known = (data?.events.nodes ?? []).filter(({ position }) => asOf === null || reached(asOf, position));
  const asked = askedOfRun(known, run);
  useEffect(() => {
    if (pulse !== '') refresh();
  }, [pulse]);
  const entries = connection === undefined ? [] : inOneOrder(connection.nodes, asked, !connection.pageInfo.hasNextPage);
  const newest = entries[0]?.position;
  const [until, setUntil] = useState<Position | undefined>();
  // What is read first is what there is once both have been answered
  useEffect(() => {
    if (until === undefined && connection !== undefined && (data !== undefined || !asking)) setUntil(newest);
  }, [until, newest, connection, data, asking]);
  const { shown, newer } = heldAt(entries, until);
  useLifecycle((event) => {
    if (event.streamId === instanceKey && ASKED.has(event.type)) askAgain({ requestPolicy: 'network-only' });
  });
  return (
    <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
      {({ pageInfo }) => (
        <Stack className="card" gap="sm" align="flex-start">
          {newer > 0 ? (
            <Button variant="default" onClick={() => setUntil(newest)}>
              {text.instance.newer(newer)}
            </Button>
          ) : null}
          {entries.length === 0 ? <Text c="dimmed">{text.eventList.empty}</Text> : null}
          <LongList items={shown} keyOf={entryKey}>
            {(entry) => ('sentence' in entry ? <DecisionEntry decision={entry} /> : <AskedEntry asked={entry} />)}
          </LongList>
          {pageInfo.hasNextPage ? (
            <Button variant="default" onClick={more} loading={fetching}>
              {text.app.more}
            </Button>
          ) : null}
        </Stack>
      )}
    </Loaded>
  );
}

type Decision = NonNullable<ResultOf<typeof decisionsDocument>['execution']>['decisions']['nodes'][number];
type Asked = ResultOf<typeof askedDocument>['events']['nodes'][number];

/** One tick decides several things at one position. */
const entryKey = (entry: Decision | Asked) => ('sentence' in entry ? `${entry.position} ${entry.sentence}` : entry.position);

function DecisionEntry({ decision }: { decision: Decision }) {
  const { instance: says, said } = useText();
  return (
    <>
      <span className={`state state-${decision.kind === 'SKIP' ? 'warn' : decision.kind === 'CANCEL' ? 'calm' : 'good'}`}>
        {said(decision.sentence, decision.phrase)}
      </span>
      <Text size="sm" c="dimmed" component="div">
        <PageLink to="/events" search={{ open: decision.position }} size="sm">
          #{groupedPosition(decision.position)}
        </PageLink>{' '}
        · <Moment at={decision.at} />
        {decision.inputs === null ? null : (
          <>
            {' '}
            · {says.inputs}: <span className="mono">{inputsSaid(decision.inputs)}</span>
          </>
        )}
      </Text>
    </>
  );
}

/** A ring, as nothing was decided: it says why what is above it differs from what is below. */
function AskedEntry({ asked }: { asked: Asked }) {
  const { said } = useText();
  return (
    <>
      <Text component="span" fw={600} className="state state-calm state-hollow">
        {said(asked.summary, asked.phrase)}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <PageLink to="/events" search={{ open: asked.position }} size="sm">
          #{groupedPosition(asked.position)}
        </PageLink>{' '}
        · <Moment at={asked.recordedAt} /> · {asked.actor}
        {asked.reason === null ? null : <> · “{asked.reason}”</>}
      </Text>
    </>
  );
}

/** What `askedDocument` asks for. */
const ASKED = new Set(['InstanceReconfigured', 'InstanceStopped']);
const NOTHING = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

function inputsSaid(inputs: JsonValue): string {
  if (!isJsonObject(inputs)) return '';
  return Object.entries(inputs).map(([name, value]) => `${name} ${String(value)}`).join(', ');
}
