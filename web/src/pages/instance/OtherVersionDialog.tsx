import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { useSeenRevision } from '../../command/use-seen-revision';
import { HeldEarlier } from '../../stopping/HeldEarlier';
import { useText } from '../../text/text';
import { versionsDocument } from '../definition/definition';
import { restartOnVersionDocument } from './commands';
import type { Instance } from './instance';

export function OtherVersionDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const { instance: says } = useText();
  const { key, revision, run, definition, trading } = instance;
  const runs = instance.definitionVersion;
  const [{ data }] = useQuery({
    query: versionsDocument,
    variables: { key: definition?.key ?? '', minPosition: null, first: 200, after: null },
    pause: definition === null,
  });
  const versions = data?.definition?.versions.nodes.map((node) => node.version) ?? [];
  // Nothing is chosen for anybody: the latest may be the one that runs, and the one before it may have been left on purpose
  const [version, setVersion] = useState('');
  const command = useCommand({
    document: restartOnVersionDocument,
    payloadOf: (result) => result.restartInstanceOnVersion,
    said: () => says.restarted(key),
  });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { key, version, expectedRevision: seen ?? null, idempotencyKey, reason } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog
      {...command}
      trading={trading}
      title={says.onVersionTitle(key)}
      submit={says.restart}
      reason="required"
      blocked={version === ''}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.onVersionAbout}</Text>
      <HeldEarlier instanceKey={key} before={run + 1} latest={run} asOf={null} />
      <NativeSelect
        label={says.version}
        value={version}
        data={[
          { value: '', label: says.choose },
          ...versions.map((one) => ({ value: one, label: one === runs ? says.runsNow(one) : one })),
        ]}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
    </CommandDialog>
  );
}
