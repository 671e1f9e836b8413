/** Two versions of a definition: first in sentences, then side by side. */
import { Button, Group, NativeSelect, Stack, Title } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { JsonDiff } from '../../json-editor/JsonEditor';
import { canonicalText } from '../../json/json-text';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { ChangeList } from '../definition/ChangeList';
import { versionsDocument } from '../definition/definition';
import { compareDocument, type Comparison } from './compare';

export function ComparePage() {
  const text = useText();
  const says = text.compare;
  const { key } = useParams({ from: '/inside/definitions/$key/compare' });
  const search = useSearch({ from: '/inside/definitions/$key/compare' });
  const navigate = useNavigate({ from: '/definitions/$key/compare' });
  const [{ data: known, fetching: looking, error: unknown }, lookAgain] = useQuery({ query: versionsDocument, variables: { key, minPosition: null, first: 200, after: null } });
  const versions = known?.definition?.versions.nodes.map(({ version }) => version) ?? [];
  const to = search.to ?? versions[0] ?? '';
  const from = search.from ?? versions[1] ?? to;
  const [{ data, fetching, error }, ask] = useQuery({
    query: compareDocument,
    variables: { key, from, to },
    pause: from === '' || to === '',
  });
  const go = (sides: { from: string; to: string }) => void navigate({ search: sides });
  const options = (side: string) => (versions.includes(side) ? versions : [side, ...versions]);
  if (known?.definition === null) {
    return (
      <Page title={says.title(key)}>
        <Empty title={text.load.missing(text.definition.what(key))} about={text.load.missingAbout} />
      </Page>
    );
  }
  if (known === undefined && unknown !== undefined) {
    return (
      <Page title={says.title(key)}>
        <Loaded data={known} fetching={looking} error={unknown} retry={() => lookAgain({ requestPolicy: 'network-only' })}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return (
    <Page title={says.title(key)}>
      <Group align="flex-end">
        <NativeSelect label={says.from} value={from} data={options(from)} onChange={(event) => go({ from: event.currentTarget.value, to })} />
        <NativeSelect label={says.to} value={to} data={options(to)} onChange={(event) => go({ from, to: event.currentTarget.value })} />
        <Button variant="default" onClick={() => go({ from: to, to: from })}>
          {says.swap}
        </Button>
      </Group>
      <Loaded data={data} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
        {({ compareVersions }) =>
          compareVersions === null ? (
            <Empty title={text.load.missing(`${from} / ${to}`)} />
          ) : (
            <Both comparison={compareVersions} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Both({ comparison: { from, to, changes } }: { comparison: Comparison }) {
  const text = useText();
  const says = text.compare;
  return (
    <>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {says.summary}
        </Title>
        {changes.length === 0 ? text.diff.same : <ChangeList changes={changes} />}
      </section>
      {(['configSchema', 'defaultConfig'] as const).map((part) => {
        const [before, after] = [canonicalText(from[part], 2), canonicalText(to[part], 2)];
        // What is the same on both sides was said above
        if (before === after) return null;
        const name = part === 'configSchema' ? says.schema : says.defaults;
        return (
          <Stack key={part} component="section" gap="xs">
            <Title order={2} size="h4">
              {name}
            </Title>
            <JsonDiff
              before={before}
              after={after}
              beforeLabel={says.side(name, from.version)}
              afterLabel={says.side(name, to.version)}
            />
          </Stack>
        );
      })}
    </>
  );
}
