import { Anchor, List, Title } from '@mantine/core';
import { useMemo } from 'react';
import sdl from '../../../../api/schema.graphql?url';
import { GRAPHQL_PATH } from '../../graphql/client';
import { groupedPosition } from '../../live/position';
import { useKeptQuery } from '../../live/use-kept-query';
import { Fact, Facts } from '../../page/Facts';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { TradingBadge } from '../../page/TradingBadge';
import { useMe } from '../../session/me';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { aboutDocument } from './about';
import { CommandTimes } from './CommandTimes';

export function AboutPage() {
  const { app, about: says } = useText();
  const { me } = useMe();
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: aboutDocument, requestPolicy: 'network-only' });
  // Against the moment the answer came in, not against the clock that goes on ticking
  const skew = useMemo(() => (data === undefined ? 0 : Math.round((Date.now() - new Date(data.about.now).getTime()) / 1000)), [data]);
  return (
    <Page title={says.title}>
      <Loaded data={data} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
        {({ about, readPosition, commandTimes }) => (
          <>
            <section className="card">
              <Facts>
                <Fact name={says.version}>
                  {about.name} {about.version}
                </Fact>
                <Fact name={says.commit}>
                  {about.commit === null ? says.noCommit : <span className="mono">{about.commit}</span>}
                </Fact>
                <Fact name={says.trading}>
                  <TradingBadge trading={about.trading} />
                </Fact>
                <Fact name={says.clock}>
                  <Moment at={about.now} /> ({says.skew(skew)})
                </Fact>
                <Fact name={says.read}>
                  <span className="numeric">{groupedPosition(readPosition.position)}</span>
                </Fact>
                <Fact name={says.head}>
                  <span className="numeric">{groupedPosition(readPosition.head)}</span>
                </Fact>
              </Facts>
            </section>
            <CommandTimes times={commandTimes} />
          </>
        )}
      </Loaded>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {says.you}
        </Title>
        <Facts>
          <Fact name={says.role}>
            {me.name} · {app.roles[me.role]}
          </Fact>
          <Fact name={says.permissions}>
            <span className="mono">{me.permissions.join(', ')}</span>
          </Fact>
        </Facts>
      </section>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {says.api}
        </Title>
        <List>
          <List.Item>
            <Anchor href={sdl} download="schema.graphql">
              {says.sdl}
            </Anchor>{' '}
            <code className="quiet-code">{GRAPHQL_PATH}</code>
          </List.Item>
          <List.Item>
            <Anchor href="/openapi/legacy.json">{says.openapi}</Anchor>
          </List.Item>
          <List.Item>
            <Anchor href="/health/ready">{says.ready}</Anchor>
          </List.Item>
        </List>
      </section>
    </Page>
  );
}
