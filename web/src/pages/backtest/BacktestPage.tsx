/** A configuration on recorded data before anything runs it: chosen here, tried by the server, reported below. */
import { NativeSelect, Stack } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useOwnWrites } from '../../live/own-writes';
import { useKeptQuery } from '../../live/use-kept-query';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { toJsonText } from '../../json/json-text';
import { LinkButton } from '../../routing/links';
import { useText } from '../../text/text';
import { readObject } from '../definition-edit/draft';
import { defaultsIn, serverMembersIn } from '../start/defaults';
import { BacktestForm } from './BacktestForm';
import { backtestFormDocument, type TriedDefinition } from './backtest';
import { BacktestResult } from './BacktestResult';
import { periodText, readPeriod } from './period';
import { Simulated } from './Simulated';
import { useBacktest } from './use-backtest';

export function BacktestPage() {
  const { key } = useParams({ from: '/inside/definitions/$key/backtest' });
  return <Trying key={key} definitionKey={key} />;
}

function Trying({ definitionKey: key }: { definitionKey: string }) {
  const text = useText();
  const { version, config, period: asked, id, user, client, order, reason } = useSearch({ from: '/inside/definitions/$key/backtest' });
  // Kept when another version is chosen: what is tried on it is the same
  const [overrides, setOverrides] = useState(() => readObject(config ?? '{}') ?? {});
  const [period, setPeriod] = useState(() => readPeriod(asked));
  const tried = useBacktest(id);
  const navigate = useNavigate({ from: '/definitions/$key/backtest' });
  const { minPosition } = useOwnWrites();
  const [{ data, fetching, error }, ask] = useKeptQuery({
    query: backtestFormDocument,
    variables: { key, version: version ?? null, named: version ?? '', minPosition },
    requestPolicy: 'network-only',
  });
  const show = (change: { version?: string | undefined; id?: string; config?: string; period?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  return (
    <Page
      title={text.backtest.title(key)}
      actions={
        <LinkButton to="/definitions/$key" params={{ key }} variant="default">
          {text.changes.back(key)}
        </LinkButton>
      }
    >
      <Simulated />
      <Loaded data={data} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
        {({ definition, validateConfig, backtestOptions }) => {
          const schema = version === undefined ? definition?.configSchema : definition?.version?.configSchema;
          if (definition === null || validateConfig === null || schema === undefined) {
            return text.load.missing(version === undefined ? text.definition.what(key) : text.definition.versionOf(key, version));
          }
          return (
            <Stack gap="lg">
              <VersionChoice definition={definition} version={version} onChoose={(chosen) => show({ version: chosen })} />
              <BacktestForm
                key={`${definition.id} ${version ?? ''}`}
                definitionKey={key}
                version={version}
                schema={schema}
                defaults={defaultsIn(validateConfig.fields)}
                serverMembers={serverMembersIn(validateConfig.fields)}
                overrides={overrides}
                onChange={setOverrides}
                options={backtestOptions}
                period={period}
                onPeriod={setPeriod}
                carried={{ user, client, order, reason }}
                goesOn={tried.goesOn}
                onStarted={(started) => show({ id: started, config: toJsonText(overrides), period: periodText(period) })}
              />
              {id === undefined ? null : <BacktestResult {...tried} />}
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}

interface VersionChoiceProps {
  definition: TriedDefinition;
  version: string | undefined;
  onChoose: (version: string | undefined) => void;
}

function VersionChoice({ definition: { currentVersion, editedSincePublish, versions }, version, onChoose }: VersionChoiceProps) {
  const { backtest: says } = useText();
  return (
    <NativeSelect
      label={says.version}
      maw={480}
      value={version ?? ''}
      data={[
        { value: '', label: editedSincePublish ? says.draft(currentVersion) : says.draftSame(currentVersion) },
        ...versions.nodes.map((published) => published.version),
      ]}
      onChange={({ currentTarget: { value } }) => onChoose(value === '' ? undefined : value)}
    />
  );
}
