/** One published version, as it was frozen. */
import { CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { Loaded } from '../../page/Loaded';
import { Fact, Facts } from '../../page/Facts';
import { LinkButton } from '../../routing/links';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { versionDocument } from './definition';
import { JsonTab } from './JsonTab';

interface VersionViewProps {
  definitionKey: string;
  version: string;
  onClose: () => void;
}

export function VersionView({ definitionKey, version, onClose }: VersionViewProps) {
  const text = useText();
  const says = text.definition;
  const [{ data, fetching, error }, ask] = useQuery({ query: versionDocument, variables: { key: definitionKey, version } });
  return (
    <section className="card">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {says.versionOf(definitionKey, version)}
        </Title>
        <Group gap="xs">
          <LinkButton to="/definitions/$key/backtest" params={{ key: definitionKey }} search={{ version }} variant="default" size="compact-sm">
            {says.tryIt}
          </LinkButton>
          <CloseButton aria-label={text.app.close} onClick={onClose} />
        </Group>
      </Group>
      <Loaded data={data} fetching={fetching} error={error} retry={() => ask({ requestPolicy: 'network-only' })}>
        {({ definition }) => {
          const shown = definition?.version;
          if (!shown) return <Text>{text.load.missing(says.versionOf(definitionKey, version))}</Text>;
          return (
            <Stack>
              <Facts>
                <Fact name={text.definitions.name}>{shown.name}</Fact>
                <Fact name={says.description}>{shown.description ?? '–'}</Fact>
                <Fact name={says.executor}>{shown.executorType}</Fact>
                <Fact name={says.published}>
                  <Moment at={shown.publishedAt} /> {text.definitions.by(shown.publishedBy)}
                </Fact>
                <Fact name={says.reason}>{shown.reason ?? '–'}</Fact>
              </Facts>
              <JsonTab value={shown.configSchema} label={says.tabs.schema} about={says.schemaAbout} />
              <JsonTab value={shown.defaultConfig} label={says.tabs.defaults} about={says.defaultsAbout} />
            </Stack>
          );
        }}
      </Loaded>
    </section>
  );
}
