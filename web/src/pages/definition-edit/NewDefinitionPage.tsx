import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { ActionButton } from '../../command/ActionButton';
import { CopyRequest } from '../../command/CopyRequest';
import { ReasonField, reasonOf } from '../../command/ReasonField';
import { Refusals } from '../../command/Refusals';
import { useCommand } from '../../command/use-command';
import { violationsUnder } from '../../command/user-error';
import { toJsonText } from '../../json/json-text';
import { LeaveUnsaved } from '../../page/LeaveUnsaved';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { createDocument, executorSchemasDocument } from './commands';
import { contentOf, EMPTY_DRAFT, type Draft } from './draft';
import { DraftForm } from './DraftForm';

const AT_FIELDS = ['key', 'name', 'description', 'executorType', 'visibility', 'configSchema', 'defaultConfig', 'reason'];

export function NewDefinitionPage() {
  const text = useText();
  const says = text.definition;
  const navigate = useNavigate();
  const [key, setKey] = useState('');
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [reason, setReason] = useState('');
  const [{ data: catalogue }] = useQuery({ query: executorSchemasDocument });
  const command = useCommand({
    document: createDocument,
    payloadOf: (result) => result.createDefinition,
    said: () => says.createdNotice(key),
  });
  const content = contentOf(draft);
  /** Created, or given up on purpose: nothing is asked on the way out. */
  const settled = useRef(false);
  const leave = (to: '/definitions' | '/definitions/$key') => {
    settled.current = true;
    void navigate({ to, params: { key } });
  };

  /** The executor's own schema is the place to begin, unless somebody wrote one already. */
  const change = (changed: Partial<Draft>) => {
    const executor = catalogue?.executors.find(({ type }) => type === changed.executorType);
    const untouched = draft.schemaText === EMPTY_DRAFT.schemaText && draft.defaultsText === EMPTY_DRAFT.defaultsText;
    const begun =
      executor?.configSchema && untouched
        ? { schemaText: toJsonText(executor.configSchema, 2), defaultsText: toJsonText(executor.defaultConfig ?? {}, 2) }
        : {};
    setDraft((before) => ({ ...before, ...begun, ...changed }));
  };
  const create = async () => {
    if (content === undefined) return;
    const done = await command.give((idempotencyKey) => ({ input: { key, ...content, idempotencyKey, reason: reasonOf(reason) } }));
    if (done !== undefined) leave('/definitions/$key');
  };
  return (
    <Page title={says.createTitle}>
      <Stack gap="lg">
        <LeaveUnsaved isDirty={() => (key !== '' || draft !== EMPTY_DRAFT) && !settled.current} />
        <TextInput
          label={text.definitions.key}
          description={says.fixed}
          required
          maw={480}
          value={key}
          error={violationsUnder(command.errors, 'key').map(({ message }) => message).join(' ') || undefined}
          onChange={(event) => setKey(event.currentTarget.value.trim())}
        />
        <DraftForm draft={draft} onChange={change} errors={command.errors} />
        <ReasonField value={reason} onChange={setReason} required={false} errors={command.errors} />
        <Refusals errors={command.errors} failure={command.failure} shownElsewhere={AT_FIELDS} />
        <Group>
          <ActionButton permission="definitions:create" loading={command.busy} disabled={content === undefined} onClick={() => void create()}>
            {says.createAction}
          </ActionButton>
          <Button variant="default" onClick={() => leave('/definitions')}>
            {text.command.cancel}
          </Button>
          <CopyRequest read={() => command.requestOf(() => void create())} />
        </Group>
      </Stack>
    </Page>
  );
}
