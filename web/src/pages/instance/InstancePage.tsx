import { Group, Tabs } from '@mantine/core';
import { useThrottledCallback } from '@mantine/hooks';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { StreamHistory } from '../../event/StreamHistory';
import { exchangesOf } from '../../guard/held';
import { HeldByGuards } from '../../guard/HeldByGuards';
import { useFeed, useLifecycle } from '../../live/live';
import { useOwnWrites } from '../../live/own-writes';
import { useKeptQuery } from '../../live/use-kept-query';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { StaleNotice } from '../../page/StaleNotice';
import { Desired, ObservedState } from '../../page/State';
import { TradingBadge } from '../../page/TradingBadge';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { asOfInput, isUnreadable, readAsOf } from '../../travel/as-of';
import { PastBanner, TravelButton } from '../../travel/TimeTravel';
import { ShownMoment } from '../../travel/ShownMoment';
import { isUnshown, UnshownPast } from '../../travel/UnshownPast';
import { ChartTab } from './ChartTab';
import { ConfigTab } from './ConfigTab';
import { executionPulseDocument, instanceDocument, type Instance } from './instance';
import { InstanceActions } from './InstanceActions';
import { RunSelect } from './RunSelect';
import { RunsTab } from './RunsTab';
import { StateTab } from './StateTab';
import { TimelineTab } from './TimelineTab';
import { INSTANCE_TABS } from '../../routing/searches';

type Tab = (typeof INSTANCE_TABS)[number];
/** A busy run has several events a second; people read slower. */
const REFRESH_MS = 1_000;

export function InstancePage() {
  const text = useText();
  const { key } = useParams({ from: '/inside/instances/$key' });
  const { asOf } = useSearch({ from: '/inside/instances/$key' });
  const navigate = useNavigate({ from: '/instances/$key' });
  const { minPosition } = useOwnWrites();
  const at = readAsOf(asOf);
  const [{ data, fetching, error }, ask] = useKeptQuery({
    query: instanceDocument,
    variables: { key, asOf: asOfInput(at), minPosition: at === undefined ? minPosition : null },
    pause: isUnreadable(asOf),
  });
  const again = () => ask({ requestPolicy: 'network-only' });
  const [pulse, setPulse] = useState('');
  const instance = data?.instance ?? undefined;
  const refresh = useThrottledCallback((position: string) => {
    setPulse(position);
    again();
  }, REFRESH_MS);
  useLifecycle((event) => {
    if (at === undefined && event.streamId === key) refresh(event.position);
  });
  useFeed({
    key: at !== undefined || instance === undefined ? undefined : `${key}#${instance.run}`,
    after: instance?.lastPosition,
    document: executionPulseDocument,
    variables: (after) => ({ after: after ?? null, stream: `${key}#${instance?.run ?? 1}` }),
    read: (result) => result.events,
    positionOf: (event) => event.position,
    onValue: (event) => refresh(event.position),
  });
  const travel = (to: string | undefined) => void navigate({ search: (before) => ({ ...before, asOf: to }) });
  const answer = { isMissing: data?.instance === null, error };
  if (isUnshown(asOf, answer)) return <UnshownPast title={key} thing={{ streamType: 'strategy_instance', key }} asOf={asOf} onTravel={travel} retry={again} {...answer} />;
  return (
    <Loaded data={data} fetching={fetching} error={error} retry={again}>
      {(result) =>
        result.instance === null ? (
          <Page title={key}>
            <Empty title={text.load.missing(text.instance.what(key))} about={text.load.missingAbout} />
          </Page>
        ) : (
          <ShownMoment asOf={asOf} position={result.instance.asOf}>
            <Shown instance={result.instance} pulse={pulse} onTravel={travel} asOf={asOf} />
          </ShownMoment>
        )
      }
    </Loaded>
  );
}

interface ShownProps {
  instance: Instance;
  /** Changes whenever something happened. */
  pulse: string;
  asOf: string | undefined;
  onTravel: (asOf: string | undefined) => void;
}

function Shown({ instance, pulse, asOf, onTravel }: ShownProps) {
  const text = useText();
  const says = text.instance;
  const { tab = 'state', run: asked } = useSearch({ from: '/inside/instances/$key' });
  const navigate = useNavigate({ from: '/instances/$key' });
  const past = instance.asOf !== null;
  const run = asked !== undefined && asked < instance.run ? asked : instance.run;
  // What happens now happens in the latest run
  const place = { instanceKey: instance.key, run, asOf: instance.asOf, pulse: run === instance.run ? pulse : '' };
  const runSelect = (
    <RunSelect
      latest={instance.run}
      run={run}
      onChange={(next) => void navigate({ search: (before) => ({ ...before, run: next === instance.run ? undefined : next }) })}
    />
  );
  return (
    <Page
      title={instance.key}
      beside={
        <Group gap="sm">
          <span>
            {text.state.desired}: <Desired status={instance.status} />
          </span>
          <span>
            {text.state.observed}: <ObservedState observed={instance.observed} />
          </span>
          <TradingBadge trading={instance.trading} />
        </Group>
      }
      actions={
        <>
          <InstanceActions instance={instance} past={past} />
          <TravelButton
            asOf={asOf}
            onTravel={onTravel}
            compare={
              <PageLink to="/instances/$key/changes" params={{ key: instance.key }} search={{ from: asOf ?? '' }}>
                {text.changes.twoMoments}
              </PageLink>
            }
          />
        </>
      }
    >
      <StaleNotice stale={instance.stale} />
      {instance.asOf === null ? (
        <HeldByGuards watched={{ key: instance.key, definitionKey: instance.definitionKey, exchanges: exchangesOf(instance.config) }} />
      ) : (
        <PastBanner
          thing={{ streamType: 'strategy_instance', key: instance.key }}
          position={instance.asOf}
          onTravel={onTravel}
          compare={
            <PageLink to="/instances/$key/changes" params={{ key: instance.key }} search={{ from: instance.asOf }}>
              {text.changes.sinceThen}
            </PageLink>
          }
        />
      )}
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: (before) => ({ ...before, tab: next as Tab }) })}
        keepMounted={false}
      >
        <Tabs.List>
          {INSTANCE_TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {says.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="state" pt="md">
          <StateTab instance={instance} />
        </Tabs.Panel>
        <Tabs.Panel value="config" pt="md">
          <ConfigTab instance={instance} past={past} />
        </Tabs.Panel>
        <Tabs.Panel value="chart" pt="md">
          {runSelect}
          <ChartTab key={run} {...place} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" pt="md">
          {runSelect}
          <TimelineTab key={run} {...place} />
        </Tabs.Panel>
        <Tabs.Panel value="events" pt="md">
          <StreamHistory streamType="strategy_instance" streamId={instance.key} asOf={instance.asOf} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" pt="md">
          <RunsTab instance={instance} past={past} pulse={pulse} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
