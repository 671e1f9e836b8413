import { Badge, Group, Tabs } from '@mantine/core';
import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useLifecycle } from '../../live/live';
import { useOwnWrites } from '../../live/own-writes';
import { useKeptQuery } from '../../live/use-kept-query';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { StaleNotice } from '../../page/StaleNotice';
import { EnabledState } from '../../page/State';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { asOfInput, isUnreadable, readAsOf } from '../../travel/as-of';
import { PastBanner, TravelButton } from '../../travel/TimeTravel';
import { ShownMoment } from '../../travel/ShownMoment';
import { isUnshown, UnshownPast } from '../../travel/UnshownPast';
import { DefinitionActions } from './DefinitionActions';
import { definitionDocument, type Definition } from './definition';
import { DefinitionInstances } from './DefinitionInstances';
import { DefinitionOverview } from './DefinitionOverview';
import { JsonTab } from './JsonTab';
import { StreamHistory } from '../../event/StreamHistory';
import { VersionsTab } from './VersionsTab';
import { DEFINITION_TABS } from '../../routing/searches';
import { useSoon } from '../../time/soon';

type Tab = (typeof DEFINITION_TABS)[number];
const RECOUNT_MS = 500;
/** Where the form for a new one was: bookmarks lead there as long as no definition is called that. */
const FORMER_FORM = 'new';

export function DefinitionPage() {
  const text = useText();
  const { key } = useParams({ from: '/inside/definitions/$key' });
  const { asOf } = useSearch({ from: '/inside/definitions/$key' });
  const { minPosition } = useOwnWrites();
  const at = readAsOf(asOf);
  const [{ data, fetching, error }, ask] = useKeptQuery({
    query: definitionDocument,
    variables: { key, asOf: asOfInput(at), minPosition: at === undefined ? minPosition : null },
    pause: isUnreadable(asOf),
  });
  const again = () => ask({ requestPolicy: 'network-only' });
  // Its own changes are shown at once; how many instances run is counted at a measured pace
  const soon = useSoon(again, RECOUNT_MS);
  useLifecycle((event) => {
    if (at !== undefined) return;
    if (event.streamType === 'strategy_definition' && event.streamId === key) again();
    else if (event.streamType === 'strategy_instance') soon();
  });
  const navigate = useNavigate({ from: '/definitions/$key' });
  const travel = (to: string | undefined) => void navigate({ search: (before) => ({ ...before, asOf: to }) });
  const answer = { isMissing: data?.definition === null, error };
  if (isUnshown(asOf, answer)) return <UnshownPast title={key} thing={{ streamType: 'strategy_definition', key }} asOf={asOf} onTravel={travel} retry={again} {...answer} />;
  return (
    <Loaded data={data} fetching={fetching} error={error} retry={again}>
      {({ definition }) =>
        definition === null && key === FORMER_FORM ? (
          <Navigate to="/new-definition" replace />
        ) : definition === null ? (
          <Page title={key}>
            <Empty title={text.load.missing(text.definition.what(key))} about={text.load.missingAbout} />
          </Page>
        ) : (
          <ShownMoment asOf={asOf} position={definition.asOf}>
            <Shown definition={definition} onTravel={travel} />
          </ShownMoment>
        )
      }
    </Loaded>
  );
}

interface ShownProps {
  definition: Definition;
  onTravel: (asOf: string | undefined) => void;
}

function Shown({ definition, onTravel }: ShownProps) {
  const text = useText();
  const { tab = 'overview', asOf } = useSearch({ from: '/inside/definitions/$key' });
  const navigate = useNavigate({ from: '/definitions/$key' });
  const past = definition.asOf !== null;
  return (
    <Page
      title={definition.name}
      beside={
        <Group gap="xs">
          <code className="quiet-code">{definition.key}</code>
          <Badge>{definition.currentVersion}</Badge>
          <EnabledState enabled={definition.enabled} />
          {definition.editedSincePublish ? (
            <Badge color="warn" tt="none">
              {text.definitions.edited}
            </Badge>
          ) : null}
        </Group>
      }
      actions={
        <>
          <DefinitionActions definition={definition} past={past} />
          <TravelButton
            asOf={asOf}
            onTravel={onTravel}
            compare={
              <PageLink to="/definitions/$key/changes" params={{ key: definition.key }} search={{ from: asOf ?? '' }}>
                {text.changes.twoMoments}
              </PageLink>
            }
          />
        </>
      }
    >
      <StaleNotice stale={definition.stale} />
      {definition.asOf === null ? null : (
        <PastBanner
          thing={{ streamType: 'strategy_definition', key: definition.key }}
          position={definition.asOf}
          onTravel={onTravel}
          compare={
            <PageLink to="/definitions/$key/changes" params={{ key: definition.key }} search={{ from: definition.asOf }}>
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
          {DEFINITION_TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {text.definition.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          <DefinitionOverview definition={definition} />
        </Tabs.Panel>
        <Tabs.Panel value="schema" pt="md">
          <JsonTab value={definition.configSchema} label={text.definition.tabs.schema} about={text.definition.schemaAbout} />
        </Tabs.Panel>
        <Tabs.Panel value="defaults" pt="md">
          <JsonTab value={definition.defaultConfig} label={text.definition.tabs.defaults} about={text.definition.defaultsAbout} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <VersionsTab definition={definition} past={past} />
        </Tabs.Panel>
        <Tabs.Panel value="instances" pt="md">
          <DefinitionInstances definitionKey={definition.key} asOf={definition.asOf} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <StreamHistory streamType="strategy_definition" streamId={definition.key} asOf={definition.asOf} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
