/** What every page has: a title for the tab, a heading, and room for what can be done. */
import { Group, Stack, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useFrameText } from '../text/frame-text';

interface PageProps {
  title: string;
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, beside, actions, children }: PageProps) {
  const text = useFrameText();
  useEffect(() => {
    document.title = text.app.pageTitle(title);
  }, [text, title]);
  return (
    <Stack gap="lg" className="page">
      <Group justify="space-between" align="center" gap="md">
        <Group gap="sm">
          <Title order={1} size="h2">
            {title}
          </Title>
          {beside}
        </Group>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
