import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { ActionButton } from '../../command/ActionButton';
import { Blocked } from '../../command/Blocked';
import { CopyRequest } from '../../command/CopyRequest';
import { ReasonField, reasonOf } from '../../command/ReasonField';
import { Refusals } from '../../command/Refusals';
import { missingIn } from '../../command/missing';
import { useCommand } from '../../command/use-command';
import { useRefusalFocus } from '../../command/use-refusal-focus';
import { useStanding } from '../../command/use-standing';
import { violationsUnder, type UserError } from '../../command/user-error';
import { toJsonText } from '../../json/json-text';
import { LeaveUnsaved } from '../../page/LeaveUnsaved';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { createDocument, executorSchemasDocument } from './commands';
import { contentOf, EMPTY_DRAFT, typedMembers, type Draft } from './draft';
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
  const [missing, setMissing] = useState<readonly UserError[]>([]);
  const refused = missing.length > 0 ? missing : command.errors;
  const errors = useStanding(refused, { key, ...typedMembers(draft), reason });
  const place = useRefusalFocus(refused, command.failure);
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
  const submit = () => {
    const fields = [
      { member: 'key', label: text.definitions.key, value: key },
      { member: 'name', label: text.definitions.name, value: draft.name },
      { member: 'executorType', label: says.executor, value: draft.executorType },
    ];
    const found = missingIn(fields, text.validation.required);
    setMissing(found);
    command.forget();
    if (found.length === 0) void create();
  };
  return (
    <Page title={says.createTitle}>
      <Stack gap="lg" ref={place}>
        <LeaveUnsaved isDirty={() => (key !== '' || draft !== EMPTY_DRAFT) && !settled.current} />
        <TextInput
          label={text.definitions.key}
          description={says.fixed}
          required
          maw={480}
          value={key}
          error={violationsUnder(errors, 'key').map(({ message }) => message).join(' ') || undefined}
          onChange={(event) => setKey(event.currentTarget.value.trim())}
        />
        <DraftForm draft={draft} onChange={change} errors={errors} />
        <ReasonField value={reason} onChange={setReason} required={false} errors={errors} />
        <Refusals errors={errors} failure={command.failure} shownElsewhere={AT_FIELDS} />
        <Group>
          <ActionButton permission="definitions:create" loading={command.busy} disabled={content === undefined} onClick={submit}>
            {says.createAction}
          </ActionButton>
          <Button variant="default" onClick={() => leave('/definitions')}>
            {text.command.cancel}
          </Button>
          <CopyRequest read={() => command.requestOf(() => void create())} />
        </Group>
        <Blocked why={content === undefined ? text.command.unreadable : undefined} />
      </Stack>
    </Page>
  );
}
