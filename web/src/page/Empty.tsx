import { Button, Stack, Text, Title } from '@mantine/core';
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

interface NothingFoundProps {
  /** Nobody knows yet whether there is nothing. */
  stale: boolean;
  filtered: boolean;
  /** There is nothing at all. */
  none: { title: string; about: string };
  /** Nothing fits what was asked for. */
  empty: { title: string; about: string; clear: string };
  onClear: () => void;
}

/** A list without rows: because of its filters, or because there are none yet. */
export function NothingFound({ stale, filtered, none, empty, onClear }: NothingFoundProps) {
  if (stale) return null;
  if (!filtered) return <Empty {...none} />;
  return (
    <Empty title={empty.title} about={empty.about}>
      <Button variant="default" onClick={onClear}>
        {empty.clear}
      </Button>
    </Empty>
  );
}
