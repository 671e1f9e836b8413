import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyProps {
  title: string;
  about?: string;
  children?: ReactNode;
}

/** Nothing to show, said in a way that helps. */
export function Empty({ title, about, children }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={48} className="card">
      <Title order={2} size="h4">
        {title}
      </Title>
      {about === undefined ? null : <Text c="dimmed">{about}</Text>}
      {children}
    </Stack>
  );
}
