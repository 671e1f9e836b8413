/** Choosing what to start; the form itself depends on the definition. */
import { NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import type { LifecycleEvent } from '../../live/lifecycle';
import { useLifecycle } from '../../live/live';
import { useKeptQuery } from '../../live/use-kept-query';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { readObject } from '../definition-edit/draft';
import { changedConfig } from '../../schema-form/changes';
import { whoIn } from './beginning';
import { defaultsIn, overridesOf, serverMembersIn } from './defaults';
import { againDocument, startableDocument, startFormDocument } from './start';
import { StartForm } from './StartForm';

export function StartPage() {
  const text = useText();
  const says = text.start;
  const search = useSearch({ from: '/inside/instances/new' });
  const navigate = useNavigate({ from: '/instances/new' });
  const [{ data: startable }] = useQuery({ query: startableDocument });
  const [{ data: earlier, fetching: fetchingEarlier }] = useQuery({
    query: againDocument,
    variables: { key: search.again ?? '' },
    pause: search.again === undefined,
    requestPolicy: 'network-only',
  });
  const model = earlier?.instance ?? undefined;
  const key = search.definition ?? model?.definitionKey ?? undefined;
  const [{ data, fetching, error }, ask] = useKeptQuery({
    query: startFormDocument,
    variables: { key: key ?? '', minPosition: null },
    pause: key === undefined,
    requestPolicy: 'network-only',
  });
  // What is being filled in must not change under somebody's hands: they are told
  const [changed, setChanged] = useState<LifecycleEvent | undefined>();
  useLifecycle((event) => {
    if (event.streamType === 'strategy_definition' && event.streamId === key) setChanged(event);
  });
  const again = () => {
    setChanged(undefined);
    ask({ requestPolicy: 'network-only' });
  };
  const choices = startable?.definitions.nodes ?? [];
  return (
    <Page title={search.again === undefined ? says.title : says.again(search.again)}>
      <NativeSelect
        label={says.definition}
        maw={480}
        value={key ?? ''}
        data={[
          ...(key === undefined ? [{ value: '', label: says.choose }] : []),
          ...(key !== undefined && !choices.some((choice) => choice.key === key) ? [key] : []),
          ...choices.map((choice) => ({
            value: choice.key,
            label: choice.enabled ? `${choice.key} · ${choice.name}` : `${choice.key} · ${text.state.disabled}`,
          })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          void navigate({ search: (before) => ({ ...before, definition: value }), replace: true });
        }}
      />
      {key === undefined || (search.again !== undefined && fetchingEarlier) ? null : (
        <Loaded data={data} fetching={fetching} error={error} retry={again}>
          {({ definition, validateConfig }) => {
            if (definition === null || validateConfig === null) return text.load.missing(text.definition.what(key));
            const defaults = defaultsIn(validateConfig.fields);
            const serverMembers = serverMembersIn(validateConfig.fields);
            const run = model?.runs.nodes.find(({ number }) => String(number) === search.run);
            const given = readObject(search.config ?? '{}') ?? {};
            const overrides = model === undefined ? given : changedConfig(overridesOf(run?.config ?? model.config, defaults, serverMembers), given);
            const beginning = { ...whoIn(search, model), overrides };
            return (
              <StartForm
                key={`${definition.id} ${search.again ?? ''} ${search.run ?? ''}`}
                definition={definition}
                defaults={defaults}
                serverMembers={serverMembers}
                beginning={beginning}
                changed={changed?.streamId === key ? changed : undefined}
                onLatest={again}
              />
            );
          }}
        </Loaded>
      )}
    </Page>
  );
}
