/** The fields that may change, what their change comes to, and why it is made. */
import { Stack, Text, TextInput, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { CommandDialog } from '../../../command/CommandDialog';
import { useCommand } from '../../../command/use-command';
import { conflictIn, violationsUnder } from '../../../command/user-error';
import { ConfigEditor } from '../../../config-editor/ConfigEditor';
import { DifferenceList } from '../../../diff/DifferenceList';
import { differences } from '../../../diff/structure';
import type { InstanceStatus } from '../../../page/State';
import { isJsonObject, jsonEqual, type JsonObject, type JsonValue } from '../../../json/value';
import { changedConfig, realChanges } from '../../../schema-form/changes';
import { CHANGES } from '../../../schema-form/layers';
import type { Trading } from '../../../page/TradingBadge';
import { useText } from '../../../text/text';
import { ChangedMeanwhile } from './ChangedMeanwhile';
import { FixedFields } from './FixedFields';
import { RunEnded } from './RunEnded';
import { reconfigureDocument, type RunningInstance, type RunningVersion } from './reconfigure';
import { fieldsNamed, fixedFields, splitConfig, titleOf, unitOf } from './updatable';

interface ChangeFormProps {
  /** What the changes are made to. */
  running: RunningInstance;
  version: RunningVersion;
  /** The part of its schema that may change. */
  part: JsonObject;
  /** As the page knows it: somebody may have been faster. */
  latest: { status: InstanceStatus; revision: number; config: JsonValue; trading: Trading | null };
  /** Reads what runs now, at least as of the position. */
  onLatest: (position: string | undefined) => void;
  onClose: () => void;
}

const AT_FIELDS = ['config'];
const NOWHERE: string[] = [];

export function ChangeForm({ running, version, part, latest, onLatest, onClose }: ChangeFormProps) {
  const text = useText();
  const says = text.reconfigure;
  const { key, revision, config } = running;
  const [changes, setChanges] = useState<JsonObject>({});
  const [sent, setSent] = useState<JsonObject>();
  const [readable, setReadable] = useState(true);
  const [words, setWords] = useState('');
  const command = useCommand({ document: reconfigureDocument, payloadOf: (result) => result.reconfigureInstance, said: () => says.done(key) });
  const { may, stays } = useMemo(() => splitConfig(config, part), [config, part]);
  const drawn = useMemo(() => fieldsNamed(part, words), [part, words]);
  const refused = useMemo(() => violationsUnder(command.errors, 'config'), [command.errors]);
  const real = realChanges(may, changes);
  const system = new Set(running.configFields.filter(({ source }) => source === 'SYSTEM').map(({ name }) => name));
  const conflict = conflictIn(command.errors);
  const hasEnded = latest.status !== 'RUNNING';
  const isAsSent = sent !== undefined && jsonEqual(sent, changedConfig(may, changes));

  const submit = async (reason: string | null) => {
    setSent(changedConfig(may, changes));
    const input = { key, config: real, expectedRevision: revision, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  const takeLatest = () => {
    command.forget();
    onLatest(conflict?.position);
  };

  return (
    <CommandDialog
      {...command}
      size="xl"
      trading={latest.trading}
      title={says.title(key)}
      submit={says.submit}
      reason="required"
      // The fields are far above the button: what was refused is said there as well, until it is edited
      shownElsewhere={isAsSent ? NOWHERE : AT_FIELDS}
      blocked={hasEnded || !readable || Object.keys(real).length === 0}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text size="sm">{says.about}</Text>
      <TextInput label={says.find} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      <ConfigEditor
        idPrefix="change"
        label={says.config}
        schema={version.configSchema}
        drawn={drawn}
        defaults={may}
        layers={CHANGES}
        standards={isJsonObject(version.defaultConfig) ? version.defaultConfig : {}}
        overrides={changes}
        onChange={setChanges}
        onReadable={setReadable}
        onSeek={() => setWords('')}
        serverViolations={refused}
        serverChecked={sent}
        serverMembers={stays}
      />
      {Object.keys(drawn['properties'] ?? {}).length === 0 ? <Text>{says.notFound}</Text> : null}
      <FixedFields instanceKey={key} fields={fixedFields(version.configSchema, config, system)} />
      <Stack component="section" gap="xs" aria-live="polite">
        <Title order={3} size="h5">
          {says.willChange}
        </Title>
        {Object.keys(real).length === 0 ? (
          <Text size="sm" c="dimmed">
            {says.nothingYet}
          </Text>
        ) : (
          <DifferenceList
            of={differences(may, changedConfig(may, real))}
            titleOf={(name) => titleOf(part, name)}
            unitOf={(name) => unitOf(part, name)}
          />
        )}
      </Stack>
      {hasEnded ? (
        <RunEnded instanceKey={key} changes={real} />
      ) : conflict !== undefined || latest.revision > revision ? (
        <ChangedMeanwhile theirs={differences(config, latest.config)} onLatest={takeLatest} />
      ) : null}
    </CommandDialog>
  );
}
