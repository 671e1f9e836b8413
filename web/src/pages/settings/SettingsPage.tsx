import { Stack, Text, Title } from '@mantine/core';
import { useLifecycle } from '../../live/live';
import { useKeptQuery } from '../../live/use-kept-query';
import { Fact, Facts } from '../../page/Facts';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { LegacyUsage } from './LegacyUsage';
import { settingsDocument } from './settings';
import { Switches } from './Switches';

export function SettingsPage() {
  const text = useText();
  const says = text.settings;
  const [{ data, fetching, error }, ask] = useKeptQuery({ query: settingsDocument, requestPolicy: 'network-only' });
  const again = () => ask({ requestPolicy: 'network-only' });
  useLifecycle((event) => {
    if (event.streamType === 'installation') again();
  });
  return (
    <Page title={says.title}>
      <Loaded data={data} fetching={fetching} error={error} retry={again}>
        {({ settings }) => (
          <section className="card">
            <Title order={2} size="h4" mb="sm">
              {says.switches}
            </Title>
            <Stack gap="md">
              <Switches settings={settings} />
              <Facts>
                <Fact name={says.token}>{settings.legacyTokenRequired ? text.app.yes : text.app.no}</Fact>
                <Fact name={says.sunset}>{settings.legacySunset ?? '–'}</Fact>
              </Facts>
            </Stack>
          </section>
        )}
      </Loaded>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {says.usage}
        </Title>
        <LegacyUsage />
      </section>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {says.tokens}
        </Title>
        <Text>{says.tokensAbout}</Text>
      </section>
    </Page>
  );
}
