/** What an operator wants to know first: does everything run, does everything keep up, what happened last. */
import { Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useFeed, useLifecycle } from '../../live/live';
import { useOwnWrites } from '../../live/own-writes';
import { EventList } from '../../event/EventList';
import { useKeptQuery } from '../../live/use-kept-query';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { WhenSeen } from '../../page/WhenSeen';
import { useFrameText } from '../../text/frame-text';
import { useSoon } from '../../time/soon';
import { lagDocument, overviewDocument, type LagAt, type Overview, type ProjectionLag } from './overview';
import { LinkButton, PageLink } from '../../routing/links';

/** The drawing library is most of it: nobody waits for it to see how things stand. */
const ActivityCharts = lazy(() => import('./ActivityCharts'));
/** Of one row of them. */
const CHARTS_HEIGHT = 340;

/** However much goes on, its counts and its events are as old as this at most. */
const RECOUNT_MS = 300;

export function OverviewPage() {
  const text = useFrameText();
  const lags = useLags();
  const { minPosition } = useOwnWrites();
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: overviewDocument, variables: { minPosition } });
  const again = () => ask({ requestPolicy: 'network-only' });
  const soon = useSoon(again, RECOUNT_MS);
  useLifecycle(soon);
  return (
    <Page
      title={text.overview.title}
      actions={
        <>
          <LinkButton to="/new-definition" variant="default">
            {text.overview.create}
          </LinkButton>
          <LinkButton to="/instances/new">
            {text.overview.start}
          </LinkButton>
        </>
      }
    >
      <Loaded data={data} fetching={fetching} error={error} retry={again}>
        {(overview) => (
          <>
            <div className="cards">
              <Instances overview={overview} />
              <Definitions overview={overview} />
              <Projections lag={lags.at(-1)?.lag ?? []} />
            </div>
            <section className="card">
              <Group justify="space-between" mb="sm">
                <Title order={2} size="h4">
                  {text.overview.recent}
                </Title>
                <PageLink  to="/events">
                  {text.overview.allEvents}
                </PageLink>
              </Group>
              <EventList events={overview.events.nodes} />
            </section>
            <WhenSeen height={CHARTS_HEIGHT}>
              <Suspense fallback={<Skeleton height={CHARTS_HEIGHT} />}>
                <ActivityCharts counts={overview.instances.counts} lags={lags} />
              </Suspense>
            </WhenSeen>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Instances({ overview }: { overview: Overview }) {
  const text = useFrameText();
  const { counts } = overview.instances;
  return (
    <section className="card">
      <Title order={2} size="h4" mb="sm">
        {text.overview.instances}
      </Title>
      <Group gap="xl">
        <Count status="RUNNING" count={counts.running} tone="good" />
        <Count status="STOPPED" count={counts.stopped} tone="calm" />
        <Count status="FAULTED" count={counts.faulted} tone="bad" />
      </Group>
      {counts.diverging > 0 ? (
        <Text size="sm" mt="sm" className="state state-warn">
          {text.overview.diverging(counts.diverging)}
        </Text>
      ) : null}
    </section>
  );
}

interface CountProps {
  status: 'RUNNING' | 'STOPPED' | 'FAULTED';
  count: number;
  tone: string;
}

function Count({ status, count, tone }: CountProps) {
  const text = useFrameText();
  return (
    <div>
      <Text size="xl" fw={700} className="numeric" data-count={status}>
        {count}
      </Text>
      <PageLink  to="/instances" search={{ status: [status] }} size="sm">
        <span className={`state state-${tone}`}>{text.state[status]}</span>
      </PageLink>
    </div>
  );
}

function Definitions({ overview }: { overview: Overview }) {
  const text = useFrameText();
  const { definitions, drafts } = overview;
  return (
    <section className="card">
      <Title order={2} size="h4" mb="sm">
        {text.overview.definitions}
      </Title>
      <Text size="xl" fw={700} className="numeric">
        {definitions.totalCount}
      </Text>
      {drafts.totalCount > 0 ? (
        <PageLink  to="/definitions" search={{ drafts: true }} size="sm">
          {text.overview.edited(drafts.totalCount)}
        </PageLink>
      ) : null}
    </section>
  );
}

/** A quarter of an hour of one answer a second. */
const LAGS_KEPT = 900;

/** How far each table was behind, since this page was opened. */
function useLags(): readonly LagAt[] {
  const [lags, setLags] = useState<readonly LagAt[]>([]);
  useFeed({
    key: 'overview-lag',
    document: lagDocument,
    variables: () => ({}),
    read: (result) => result.projectionLag,
    positionOf: () => undefined,
    onValue: (lag) => setLags((before) => [...before.slice(1 - LAGS_KEPT), { at: Date.now() / 1000, lag }]),
  });
  return lags;
}

function Projections({ lag }: { lag: ProjectionLag }) {
  const text = useFrameText();
  const parked = lag.filter((one) => one.parked !== null);
  // What passes in a second is no news
  const behind = lag.filter((one) => one.parked === null && one.lagSeconds > 2);
  return (
    <section className="card">
      <Title order={2} size="h4" mb="sm">
        {text.overview.projections}
      </Title>
      <Stack gap={6} align="flex-start">
        {parked.map((one) => (
          <PageLink  to="/projections" key={one.name} size="sm">
            <span className="state state-bad">{text.overview.parked(one.name)}</span>
          </PageLink>
        ))}
        {behind.map((one) => (
          <span className="state state-warn" key={one.name}>
            {text.overview.behind(one.name, one.lag)}
          </span>
        ))}
        {lag.length > 0 && parked.length === 0 && behind.length === 0 ? (
          <span className="state state-good">{text.overview.caughtUp}</span>
        ) : null}
      </Stack>
    </section>
  );
}
