/** Who, where and how: validated by the server and looked at before anything starts. */
import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput, Title, type TextInputProps } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { Blocked } from '../../command/Blocked';
import { CopyRequest } from '../../command/CopyRequest';
import { ReasonField, reasonOf } from '../../command/ReasonField';
import { Refusals } from '../../command/Refusals';
import { useRefusalFocus } from '../../command/use-refusal-focus';
import { violationsUnder } from '../../command/user-error';
import { ConfigEditor } from '../../config-editor/ConfigEditor';
import { toJsonText } from '../../json/json-text';
import type { JsonObject } from '../../json/value';
import { LeaveUnsaved } from '../../page/LeaveUnsaved';
import { LinkButton } from '../../routing/links';
import { effectiveConfig } from '../../schema-form/overrides';
import { useText, type Text as Catalogue } from '../../text/text';
import { EffectiveConfig } from './EffectiveConfig';
import type { LifecycleEvent } from '../../live/lifecycle';
import { carriedOf, type Beginning } from './beginning';
import { DefinitionChanged } from './DefinitionChanged';
import type { StartDefinition } from './start';
import { useStart } from './use-start';

interface StartFormProps {
  definition: StartDefinition;
  defaults: JsonObject;
  serverMembers: JsonObject;
  beginning: Beginning;
  /** The latest that happened to the definition since it was read. */
  changed: LifecycleEvent | undefined;
  /** Reads it again; what was typed stays. */
  onLatest: () => void;
}

const AT_FIELDS = ['config', 'userId', 'clientId', 'marketMakingOrderId', 'reason'];
const WHO = ['userId', 'clientId', 'marketMakingOrderId'] as const;
type Who = (typeof WHO)[number];
const fieldIdOf = (member: Who) => `start_${member}`;

/** Only they serve a customer's order in place of an account. */
const SERVES_ORDERS = 'pureMarketMaking';

/** What is said of a field stands below it, so that those beside each other line up. */
const BELOW: NonNullable<TextInputProps['inputWrapperOrder']> = ['label', 'input', 'description', 'error'];

export function StartForm({ definition, defaults, serverMembers, beginning, changed, onLatest }: StartFormProps) {
  const text = useText();
  const says = text.start;
  const navigate = useNavigate();
  const [form, setForm] = useState(beginning);
  const [reason, setReason] = useState(beginning.reason);
  const [readable, setReadable] = useState(true);
  const input = {
    definitionKey: definition.key,
    userId: form.userId.trim(),
    clientId: form.clientId.trim(),
    marketMakingOrderId: form.orderId.trim() === '' ? null : form.orderId.trim(),
    config: form.overrides,
  };
  const asked = useStart({ definition, input, config: effectiveConfig(defaults, form.overrides), onOutdated: onLatest });
  const { command, judged, errors, checking } = asked;
  const place = useRefusalFocus(command.errors, command.failure ?? asked.failure);
  const current = changed === undefined ? asked.current : undefined;
  const serverViolations = useMemo(() => violationsUnder(errors, 'config'), [errors]);
  const change = (part: Partial<Beginning>) => {
    setForm((before) => ({ ...before, ...part }));
    command.forget();
  };
  const idError = (member: Who) => {
    if (judged === undefined && command.errors.length === 0) return undefined;
    const said = violationsUnder(errors, member).map(({ message }) => message).join(' ');
    // What was said about an empty field is over once it is filled
    return current === undefined && command.errors.length === 0 && input[member] ? undefined : said || undefined;
  };
  const otherProblems = WHO.flatMap((member) => {
    const sentence = idError(member);
    return sentence === undefined ? [] : [{ fieldId: fieldIdOf(member), sentence }];
  });
  const [begun] = useState(beginning);
  /** Started, or taken along to be tried first: nothing is asked on the way out. */
  const settled = useRef(false);
  const isDirty = () => !settled.current && (toJsonText({ ...form, reason }) !== toJsonText({ ...begun }));
  const takeAlong = () => {
    settled.current = true;
  };
  const start = async () => {
    const key = await asked.start(reasonOf(reason));
    if (key === undefined) return;
    settled.current = true;
    void navigate({ to: '/instances/$key', params: { key } });
  };

  return (
    <Stack gap="lg" ref={place}>
      <LeaveUnsaved isDirty={isDirty} />
      {definition.enabled ? null : <Alert color="red" variant="outline">{says.disabled}</Alert>}
      {changed === undefined ? <WhatStarts definition={definition} /> : <DefinitionChanged event={changed} onLatest={onLatest} />}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} className="card">
        <TextInput
          id={fieldIdOf('userId')} label={says.user} description={says.userAbout} inputWrapperOrder={BELOW} required value={form.userId} error={idError('userId')}
          onChange={(event) => change({ userId: event.currentTarget.value })}
        />
        <TextInput
          id={fieldIdOf('clientId')} label={says.client} description={says.clientAbout} inputWrapperOrder={BELOW} required value={form.clientId} error={idError('clientId')}
          onChange={(event) => change({ clientId: event.currentTarget.value })}
        />
        {definition.executorType === SERVES_ORDERS ? (
          <TextInput
            id={fieldIdOf('marketMakingOrderId')} label={says.order} description={says.orderAbout} inputWrapperOrder={BELOW} value={form.orderId} error={idError('marketMakingOrderId')}
            onChange={(event) => change({ orderId: event.currentTarget.value })}
          />
        ) : null}
      </SimpleGrid>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {says.config}
        </Title>
        <ConfigEditor
          idPrefix="config"
          label={says.config}
          schema={definition.configSchema}
          defaults={defaults}
          defaultsVersion={definition.editedSincePublish ? undefined : definition.currentVersion}
          overrides={form.overrides}
          onChange={(overrides) => change({ overrides })}
          onReadable={setReadable}
          serverViolations={serverViolations}
          serverChecked={judged?.config}
          serverMembers={serverMembers}
          otherProblems={otherProblems}
        />
      </section>
      {judged === undefined ? null : <EffectiveConfig validation={judged.validation} isCurrent={current !== undefined} isOtherwise={asked.isOtherwise} />}
      <ReasonField value={reason} onChange={setReason} required={false} errors={command.errors} />
      <Refusals errors={current === undefined ? command.errors : errors} failure={command.failure ?? asked.failure} shownElsewhere={AT_FIELDS} />
      <Group>
        <Button variant="default" loading={checking} disabled={!readable} onClick={() => void asked.validate()}>
          {says.validate}
        </Button>
        <LinkButton to="/definitions/$key/backtest" params={{ key: definition.key }} search={{ config: toJsonText(form.overrides), ...carriedOf({ ...form, reason }) }} variant="default" disabled={!readable} onClick={takeAlong}>
          {says.tryFirst}
        </LinkButton>
        <ActionButton
          permission="instances:start"
          color={current?.trading === 'LIVE' ? 'red.9' : undefined}
          loading={command.busy || checking}
          disabled={current?.valid !== true || !readable}
          onClick={() => void start()}
        >
          {current?.trading === 'LIVE' ? says.submitLive : says.submit}
        </ActionButton>
        <CopyRequest read={() => command.requestOf(() => void asked.give(reasonOf(reason)))} />
      </Group>
      <Blocked why={readable ? whyNotStart(current?.valid, says) : text.command.unreadable} />
    </Stack>
  );
}

function whyNotStart(valid: boolean | undefined, says: Catalogue['start']): string | undefined {
  if (valid === undefined) return says.validateFirst;
  return valid ? undefined : says.notValid;
}

/** A start has no version of its own: it runs the definition as it stands. */
function WhatStarts({ definition: { currentVersion, editedSincePublish } }: { definition: StartDefinition }) {
  const { start: says } = useText();
  if (!editedSincePublish) return <Text size="sm">{says.published(currentVersion)}</Text>;
  return (
    <Alert color="warn" variant="outline">
      {says.draft(currentVersion)}
    </Alert>
  );
}
