/** What keeps its value until the instance is started again. */
import { Stack, Table, Text } from '@mantine/core';
import { toJsonText } from '../../../json/json-text';
import { PageLink } from '../../../routing/links';
import { useText } from '../../../text/text';
import type { FixedField } from './updatable';

export function FixedFields({ instanceKey, fields }: { instanceKey: string; fields: readonly FixedField[] }) {
  const text = useText();
  const says = text.reconfigure;
  if (fields.length === 0) return null;
  return (
    <details>
      <summary>{says.fixed(fields.length)}</summary>
      <Stack gap="xs" mt="xs">
        <Text size="sm">
          {says.fixedAbout}{' '}
          <PageLink to="/instances/new" search={{ again: instanceKey }} size="sm">
            {says.startAgainWith}
          </PageLink>
        </Text>
        <Table>
          <Table.Tbody>
            {fields.map(({ name, title, value }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400}>
                  {title ?? name} {title === undefined || title === name ? null : <code className="quiet-code">{name}</code>}
                </Table.Th>
                <Table.Td className="mono">{value === undefined ? '–' : toJsonText(value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </details>
  );
}
