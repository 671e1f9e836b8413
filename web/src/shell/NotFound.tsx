import { Text } from '@mantine/core';
import { Page } from '../page/Page';
import { PageLink } from '../routing/links';
import { useFrameText } from '../text/frame-text';

export function NotFound() {
  const text = useFrameText();
  return (
    <Page title={text.app.notFound}>
      <Text c="dimmed">{text.app.notFoundAbout}</Text>
      <PageLink to="/">{text.app.home}</PageLink>
    </Page>
  );
}
