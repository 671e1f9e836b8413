/** How long commands took lately, each kind by the event it recorded. */
import { Table, Text, Title } from '@mantine/core';
import type { ResultOf } from '../../graphql/graphql';
import { useText } from '../../text/text';
import type { aboutDocument } from './about';

type CommandTime = ResultOf<typeof aboutDocument>['commandTimes'][number];

export function CommandTimes({ times }: { times: readonly CommandTime[] }) {
  const { about: says } = useText();
  return (
    <section className="card">
      <Title order={2} size="h4" mb="xs" id="command-times">
        {says.times}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {says.timesAbout}
      </Text>
      {times.length === 0 ? (
        <Text size="sm">{says.noTimes}</Text>
      ) : (
        <Table aria-labelledby="command-times" horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{says.timesOf}</Table.Th>
              <Table.Th ta="end">{says.commands}</Table.Th>
              <Table.Th ta="end">p50</Table.Th>
              <Table.Th ta="end">p99</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {times.map(({ eventType, count, p50Ms, p99Ms }) => (
              <Table.Tr key={eventType}>
                <Table.Td className="mono" fz="xs">{eventType}</Table.Td>
                <Table.Td ta="end" className="numeric">{count}</Table.Td>
                <Table.Td ta="end" className="numeric">{milliseconds(p50Ms)}</Table.Td>
                <Table.Td ta="end" className="numeric">{milliseconds(p99Ms)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

/** Below ten the tenths still say something. */
const milliseconds = (taken: number) => `${taken < 10 ? taken.toFixed(1) : Math.round(taken)}\u00a0ms`;
