import { Button, Group, Stack, Table, Text } from '@mantine/core';
import type { Guard } from '../../guard/guards';
import { TripSaid } from '../../guard/TripSaid';
import { limitsSaid, watchedSaid } from '../../guard/words';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { Measured } from './Measured';

export type Ask = 'change' | 'reset' | 'remove';

interface GuardTableProps {
  guards: readonly Guard[];
  onAsk: (what: Ask, guard: Guard) => void;
}

export function GuardTable({ guards, onAsk }: GuardTableProps) {
  const text = useText();
  const says = text.guards;
  // What somebody has to look at comes first
  const ordered = [...guards.filter(({ trip }) => trip !== null), ...guards.filter(({ trip }) => trip === null)];
  return (
    <div className="card">
      <Table.ScrollContainer minWidth={900}>
        <Table verticalSpacing="sm" aria-label={says.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th miw={170}>{says.name}</Table.Th>
              <Table.Th miw={150}>{says.watches}</Table.Th>
              <Table.Th>{says.limits}</Table.Th>
              <Table.Th miw={240}>{says.measured}</Table.Th>
              <Table.Th>{text.table.actions}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ordered.map((guard) => (
              <GuardRow key={guard.name} guard={guard} onAsk={onAsk} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

interface GuardRowProps {
  guard: Guard;
  onAsk: GuardTableProps['onAsk'];
}

function GuardRow({ guard, onAsk }: GuardRowProps) {
  const { guards: says } = useText();
  const { name, trip, currency } = guard;
  return (
    <Table.Tr className={trip === null ? undefined : 'guard-tripped'}>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        {trip === null ? <span className="state state-good">{says.armed}</span> : <strong className="tripped-mark">⚠ {says.tripped}</strong>}
      </Table.Td>
      <Table.Td>
        <WatchedLink guard={guard} />
      </Table.Td>
      <Table.Td>
        {limitsSaid(guard, says).map((limit) => (
          <Text key={limit} size="sm" className="numeric">
            {limit}
          </Text>
        ))}
        <Text size="sm" c="dimmed">
          {says.then(says.actions[guard.action])}
        </Text>
      </Table.Td>
      <Table.Td>{trip === null ? <Measured guard={guard} /> : <TripSaid trip={trip} currency={currency} />}</Table.Td>
      <Table.Td>
        {trip === null ? (
          <Group gap="xs" wrap="nowrap">
            <Button size="compact-sm" variant="default" aria-label={says.changeOf(name)} onClick={() => onAsk('change', guard)}>
              {says.change}
            </Button>
            <Button size="compact-sm" variant="default" aria-label={says.removeOf(name)} onClick={() => onAsk('remove', guard)}>
              {says.remove}
            </Button>
          </Group>
        ) : (
          <Stack align="flex-start">
            <Button size="compact-sm" aria-label={says.resetOf(name)} onClick={() => onAsk('reset', guard)}>
              {says.reset}
            </Button>
          </Stack>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** A definition and an instance have pages of their own. */
function WatchedLink({ guard }: { guard: Guard }) {
  const { guards: says } = useText();
  const said = watchedSaid(guard, says);
  const key = guard.target ?? '';
  switch (guard.scope) {
    case 'INSTANCE':
      return (
        <PageLink to="/instances/$key" params={{ key }} size="sm">
          {said}
        </PageLink>
      );
    case 'DEFINITION':
      return (
        <PageLink to="/definitions/$key" params={{ key }} size="sm">
          {said}
        </PageLink>
      );
    case 'ACCOUNT':
    case 'SYSTEM':
      return <Text size="sm">{said}</Text>;
    default:
      return guard.scope satisfies never;
  }
}
