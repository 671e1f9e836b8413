/** What a run was given while it went on: when, by whom, why, and what it was before. */
import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { ConfigBeforeAfter } from '../../event/ConfigBeforeAfter';
import { groupedPosition } from '../../live/position';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import type { RunRow } from './instance';

type Change = RunRow['configChanges'][number];

export function RunChanges({ instanceKey, run }: { instanceKey: string; run: RunRow }) {
  const { reconfigure: says } = useText();
  if (run.configChanges.length === 0) return null;
  return (
    <section className="card" aria-label={says.changesOf(run.number)}>
      <Title order={2} size="h4" mb="sm">
        {says.changesOf(run.number)}
      </Title>
      <Stack gap="sm" component="ol" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {run.configChanges.map((change) => (
          <li key={change.position}>
            <OneChange instanceKey={instanceKey} change={change} />
          </li>
        ))}
      </Stack>
    </section>
  );
}

function OneChange({ instanceKey, change }: { instanceKey: string; change: Change }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Text size="sm" className="mono">
        {change.changed.join(', ')}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <PageLink to="/events" search={{ open: change.position }} size="sm" aria-label={text.eventList.open(change.position)}>
          #{groupedPosition(change.position)}
        </PageLink>{' '}
        · <Moment at={change.changedAt} /> · {change.changedBy}
        {change.reason === null ? null : <> · “{change.reason}”</>}
      </Text>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{text.reconfigure.compare}</summary>
        {open ? <ConfigBeforeAfter instanceKey={instanceKey} position={change.position} /> : null}
      </details>
    </>
  );
}
