/** What the executor decided, tick by tick, and on what. */
import { Button, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { isJsonObject, type JsonValue } from '../../json/value';
import { Loaded } from '../../page/Loaded';
import { usePages } from '../../table/use-pages';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { decisionsDocument } from './instance';
import type { RunPlace } from './use-run-orders';
import { PageLink } from '../../routing/links';

export function TimelineTab({ instanceKey, run, pulse }: RunPlace) {
  const text = useText();
  const says = text.instance;
  const { connection, fetching, error, more, reload } = usePages({
    document: decisionsDocument,
    variables: { key: instanceKey, run, first: 50 },
    read: (result) => result.execution?.decisions ?? NOTHING,
  });
  useEffect(() => {
    if (pulse !== '') reload();
  }, [pulse]);
  return (
    <Loaded data={connection} fetching={fetching} error={error} retry={reload}>
      {({ nodes, pageInfo }) => (
        <Stack className="card" gap="sm" align="flex-start">
          {nodes.length === 0 ? <Text c="dimmed">{text.eventList.empty}</Text> : null}
          <ol className="decisions">
            {nodes.map((decision) => (
              <li key={decision.position}>
                <span className={`state state-${decision.kind === 'SKIP' ? 'warn' : decision.kind === 'CANCEL' ? 'calm' : 'good'}`}>
                  {decision.sentence}
                </span>
                <Text size="sm" c="dimmed" component="div">
                  <PageLink  to="/events" search={{ open: decision.position }} size="sm">
                    #{decision.position}
                  </PageLink>{' '}
                  · <Moment at={decision.at} />
                  {decision.inputs === null ? null : (
                    <>
                      {' '}
                      · {says.inputs}: <span className="mono">{inputsSaid(decision.inputs)}</span>
                    </>
                  )}
                </Text>
              </li>
            ))}
          </ol>
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

const NOTHING = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

function inputsSaid(inputs: JsonValue): string {
  if (!isJsonObject(inputs)) return '';
  return Object.entries(inputs).map(([name, value]) => `${name} ${String(value)}`).join(', ');
}
