import { Badge, Table, Text } from '@mantine/core';
import { toJsonText } from '../json/json-text';
import type { JsonValue } from '../json/value';
import { useText } from '../text/text';

interface ConfigField {
  name: string;
  value: JsonValue;
  source: 'DEFAULT' | 'OVERRIDE' | 'SYSTEM';
  defaultValue: JsonValue | null;
  inSchema: boolean;
  /** Whether it may change while the instance runs; unsaid where nothing runs. */
  updatable?: boolean;
}

/** A configuration as a table: each member, its value, where it comes from and what the default was. */
export function ConfigFields({ fields }: { fields: readonly ConfigField[] }) {
  const text = useText();
  const says = text.instance.fields;
  const running = fields.some(({ updatable }) => updatable !== undefined);
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{says.name}</Table.Th>
            <Table.Th>{says.value}</Table.Th>
            <Table.Th>{says.source}</Table.Th>
            <Table.Th>{says.standard}</Table.Th>
            {running ? <Table.Th>{says.whileRunning}</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field.name}>
              <Table.Td>
                {field.name}{' '}
                {field.inSchema || field.source === 'SYSTEM' ? null : (
                  <span className="quiet-code">({text.instance.outside})</span>
                )}
              </Table.Td>
              <Table.Td className="mono">{toJsonText(field.value)}</Table.Td>
              <Table.Td>
                <Badge tt="none" color={field.source === 'OVERRIDE' ? 'accent' : 'gray'}>
                  {text.start.sources[field.source]}
                </Badge>
              </Table.Td>
              <Table.Td className="mono">{field.defaultValue === null ? '–' : toJsonText(field.defaultValue)}</Table.Td>
              {running ? <Table.Td><Text size="sm" c={field.updatable ? undefined : 'dimmed'}>{field.updatable ? says.updatable : says.fixed}</Text></Table.Td> : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
