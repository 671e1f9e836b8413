import { Group, Stack, Text, Title } from '@mantine/core';
import { graphql } from '../../graphql/graphql';
import { useKeptQuery } from '../../live/use-kept-query';
import { useRereading } from '../../live/use-rereading';
import { JsonEditor } from '../../json-editor/JsonEditor';
import { toJsonText } from '../../json/json-text';
import { Empty } from '../../page/Empty';
import { Fact, Facts } from '../../page/Facts';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { TradingBadge } from '../../page/TradingBadge';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';

const executorsDocument = graphql(`
  query Executors {
    executors {
      type
      version
      trading
      configSchema
      runningInstances
      venues {
        name
        trading
      }
      definitions {
        id
        key
      }
    }
  }
`);

const REREAD_MS = 5_000;

export function ExecutorsPage() {
  const { executors: says, state } = useText();
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: executorsDocument });
  const again = () => ask({ requestPolicy: 'network-only' });
  useRereading(again, REREAD_MS);
  return (
    <Page title={says.title}>
      <Text c="dimmed">{says.about}</Text>
      <Loaded data={data} fetching={fetching} error={error} retry={again}>
        {({ executors }) =>
          executors.length === 0 ? (
            <Empty title={says.empty} />
          ) : (
            <>
              {executors.map((executor) => (
                <section key={executor.type} className="card">
                  <Group justify="space-between" mb="sm">
                    <Group gap="sm">
                      <Title order={2} size="h4">
                        {executor.type}
                      </Title>
                      <TradingBadge trading={executor.trading} />
                    </Group>
                    <PageLink to="/instances" search={{ executor: executor.type, status: ['RUNNING'] }}>
                      {says.running(executor.runningInstances)}
                    </PageLink>
                  </Group>
                  <Stack gap="sm">
                    <Facts>
                      <Fact name={says.version}>{says.builtIn(executor.version)}</Fact>
                      <Fact name={says.venues}>
                        {executor.venues.map(({ name, trading }) => (trading === 'PAPER' ? name : `${name} (${state[trading]})`)).join(', ')}
                      </Fact>
                      <Fact name={says.definitions}>
                        {executor.definitions.length === 0 ? says.noDefinitions : null}
                        <Group gap="sm">
                          {executor.definitions.map(({ id, key }) => (
                            <PageLink key={id} to="/definitions/$key" params={{ key }}>
                              {key}
                            </PageLink>
                          ))}
                        </Group>
                      </Fact>
                    </Facts>
                    {executor.configSchema === null ? (
                      <Text size="sm">{says.noSchema}</Text>
                    ) : (
                      <details>
                        <summary>{says.schema}</summary>
                        <JsonEditor value={toJsonText(executor.configSchema, 2)} label={`${executor.type}: ${says.schema}`} readOnly />
                      </details>
                    )}
                  </Stack>
                </section>
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
