import { Button, Group, Text } from '@mantine/core';
import { useText } from '../../text/text';
import type { InstanceStatus } from '../../page/State';

interface StateCountsProps {
  counts: { running: number; stopped: number; faulted: number; diverging: number };
  chosen: InstanceStatus[] | undefined;
  onChoose: (status: InstanceStatus[] | undefined) => void;
}

/** How many are in which state, and a filter at the same time. */
export function StateCounts({ counts, chosen, onChoose }: StateCountsProps) {
  const text = useText();
  const states = [
    { status: 'RUNNING', count: counts.running, tone: 'good' },
    { status: 'STOPPED', count: counts.stopped, tone: 'calm' },
    { status: 'FAULTED', count: counts.faulted, tone: 'bad' },
  ] as const;
  const all = counts.running + counts.stopped + counts.faulted;
  return (
    <Group gap="xs">
      <Button variant={chosen === undefined ? 'outline' : 'default'} size="sm" aria-pressed={chosen === undefined} onClick={() => onChoose(undefined)}>
        {text.instances.all}&nbsp;<span className="numeric">{all}</span>
      </Button>
      {states.map(({ status, count, tone }) => {
        const on = chosen?.length === 1 && chosen[0] === status;
        return (
          <Button key={status} variant={on ? 'outline' : 'default'} size="sm" aria-pressed={on} onClick={() => onChoose(on ? undefined : [status])}>
            <span className={`state state-${tone}`}>{text.state[status]}</span>&nbsp;
            <span className="numeric" data-count={status}>
              {count}
            </span>
          </Button>
        );
      })}
      {counts.diverging > 0 ? (
        <Text size="sm" className="state state-warn">
          {counts.diverging} {text.instances.diverging}
        </Text>
      ) : null}
    </Group>
  );
}
