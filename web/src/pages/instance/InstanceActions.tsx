import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { useSeenRevision } from '../../command/use-seen-revision';
import { GuardThis } from '../../guard/GuardThis';
import { formAbout } from '../../guard/rule-form';
import { HeldEarlier } from '../../stopping/HeldEarlier';
import { useText } from '../../text/text';
import { restartDocument } from './commands';
import type { Instance } from './instance';
import { OtherVersionDialog } from './OtherVersionDialog';
import { ChangeWhileRunning } from './reconfigure/ChangeWhileRunning';
import { StopDialog } from './StopDialog';

type Open = 'stop' | 'restart' | 'version' | undefined;

export function InstanceActions({ instance, past }: { instance: Instance; past: boolean }) {
  const text = useText();
  const says = text.instance;
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { key, definition } = instance;
  return (
    <>
      {/* While it is stopping, another stop takes off the orders that the first one left */}
      {instance.status === 'RUNNING' || instance.observed === 'STOPPING' ? (
        <ActionButton permission="instances:stop" past={past} color="red" variant="outline" onClick={() => setOpen('stop')}>
          {says.stop}
        </ActionButton>
      ) : null}
      <ChangeWhileRunning instance={instance} past={past} />
      {instance.status === 'RUNNING' ? null : (
        <ActionButton permission="instances:restart" past={past} onClick={() => setOpen('restart')}>
          {says.restartSame}
        </ActionButton>
      )}
      {definition === null ? null : (
        <>
          <ActionButton permission="instances:restart" past={past} variant="default" onClick={() => setOpen('version')}>
            {says.restartOther}
          </ActionButton>
          <ActionButton
            permission="instances:start"
            past={past}
            variant="default"
            onClick={() => void navigate({ to: '/instances/new', search: { again: key } })}
          >
            {says.editAndStart}
          </ActionButton>
        </>
      )}
      {past ? null : <GuardThis beginning={formAbout('INSTANCE', key, instance.config)}>{text.guards.guardInstance}</GuardThis>}
      {open === 'stop' ? <StopDialog instance={instance} onClose={close} /> : null}
      {open === 'restart' ? <RestartDialog instance={instance} onClose={close} /> : null}
      {open === 'version' ? <OtherVersionDialog instance={instance} onClose={close} /> : null}
    </>
  );
}

interface RestartDialogProps {
  instance: Instance;
  onClose: () => void;
}

function RestartDialog({ instance: { key, revision, run, trading }, onClose }: RestartDialogProps) {
  const { instance: says } = useText();
  const command = useCommand({ document: restartDocument, payloadOf: (result) => result.restartInstance, said: () => says.restarted(key) });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { key, expectedRevision: seen ?? null, idempotencyKey, reason } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog
      {...command}
      trading={trading}
      title={says.restartTitle(key)}
      submit={says.restart}
      reason="optional"
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.restartAbout}</Text>
      <HeldEarlier instanceKey={key} before={run + 1} latest={run} asOf={null} />
    </CommandDialog>
  );
}
