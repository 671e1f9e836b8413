/** The fields of a definition, its schema with what is odd about it, and the form that schema makes. */
import { NativeSelect, SimpleGrid, Stack, Text, TextInput, Textarea, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { violationsUnder, type UserError } from '../../command/user-error';
import { ConfigEditor } from '../../config-editor/ConfigEditor';
import { JsonEditor } from '../../json-editor/JsonEditor';
import { toJsonText } from '../../json/json-text';
import { isJsonObject } from '../../json/value';
import { WHOLE } from '../../schema-form/layers';
import { useText } from '../../text/text';
import { tryValidate } from '../../validation/validate';
import { executorTypesDocument } from '../definitions/executor-types';
import { Findings } from '../definition/DefinitionOverview';
import { contentOf, readObject, type Draft } from './draft';
import { useLint } from './use-lint';

interface DraftFormProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  errors: readonly UserError[];
}

export function DraftForm({ draft, onChange, errors }: DraftFormProps) {
  const text = useText();
  const says = text.definition;
  const schema = readObject(draft.schemaText);
  const defaults = readObject(draft.defaultsText);
  const findings = useLint(contentOf(draft));
  const at = (member: string) => violationsUnder(errors, member).map(({ message }) => message).join(' ') || undefined;
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, md: 2 }} className="card">
        <TextInput
          label={text.definitions.name}
          required
          value={draft.name}
          error={at('name')}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <ExecutorSelect value={draft.executorType} error={at('executorType')} onChange={(executorType) => onChange({ executorType })} />
        <Textarea
          label={says.description}
          autosize
          value={draft.description}
          error={at('description')}
          onChange={(event) => onChange({ description: event.currentTarget.value })}
        />
        <TextInput
          label={says.visibility}
          value={draft.visibility}
          error={at('visibility')}
          onChange={(event) => onChange({ visibility: event.currentTarget.value })}
        />
      </SimpleGrid>
      <Findings findings={findings} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Stack component="section" gap="xs">
          <Title order={2} size="h4">
            {says.tabs.schema}
          </Title>
          <Text size="sm" c="dimmed">
            {says.schemaAbout}
          </Text>
          <JsonEditor
            value={draft.schemaText}
            label={says.tabs.schema}
            onChange={(schemaText) => onChange({ schemaText })}
            check={(value) => {
              const { unusable } = tryValidate(value, defaults ?? {});
              return unusable === undefined ? [] : [{ pointer: '', keyword: 'schema', message: unusable }];
            }}
            sentence={({ message }) => message ?? ''}
          />
          {at('configSchema') === undefined ? null : (
            <Text size="sm" c="var(--bad)" role="alert" data-refusal tabIndex={-1}>
              {at('configSchema')}
            </Text>
          )}
        </Stack>
        <Stack component="section" gap="xs">
          <Title order={2} size="h4">
            {says.preview}
          </Title>
          <Text size="sm" c="dimmed">
            {says.previewAbout} {says.defaultsAbout}
          </Text>
          <ConfigEditor
            idPrefix="defaults"
            label={says.tabs.defaults}
            schema={schema ?? {}}
            defaults={NO_DEFAULTS}
            overrides={defaults ?? {}}
            layers={WHOLE}
            onChange={(next) => onChange({ defaultsText: toJsonText(next, 2) })}
            serverViolations={violationsUnder(errors, 'defaultConfig')}
            serverChecked={isJsonObject(defaults) ? defaults : undefined}
          />
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}

const NO_DEFAULTS = {};

interface ExecutorSelectProps {
  value: string;
  error: string | undefined;
  onChange: (type: string) => void;
}

function ExecutorSelect({ value, error, onChange }: ExecutorSelectProps) {
  const text = useText();
  const [{ data }] = useQuery({ query: executorTypesDocument });
  const types = data?.executors.map(({ type }) => type) ?? [];
  const listed = value === '' || types.includes(value) ? types : [value, ...types];
  return (
    <NativeSelect
      label={text.definition.executor}
      required
      value={value}
      error={error}
      data={value === '' ? [{ value: '', label: '' }, ...listed] : listed}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
