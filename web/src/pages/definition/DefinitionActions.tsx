import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { useSeenRevision } from '../../command/use-seen-revision';
import { GuardThis } from '../../guard/GuardThis';
import { formAbout } from '../../guard/rule-form';
import { useText } from '../../text/text';
import { disableDocument, enableDocument, removeDocument } from './commands';
import type { Definition } from './definition';
import { PublishDialog } from './PublishDialog';
import { LinkButton, PageLink } from '../../routing/links';

type Open = 'publish' | 'enable' | 'disable' | 'remove' | undefined;

export function DefinitionActions({ definition, past }: { definition: Definition; past: boolean }) {
  const text = useText();
  const says = text.definition;
  const [open, setOpen] = useState<Open>();
  const navigate = useNavigate();
  const close = () => setOpen(undefined);
  const { key } = definition;
  return (
    <>
      <ActionButton permission="definitions:update" past={past} variant="default" onClick={() => void navigate({ to: '/definitions/$key/edit', params: { key } })}>
        {says.edit}
      </ActionButton>
      <ActionButton permission="definitions:publish" past={past} onClick={() => setOpen('publish')}>
        {says.publish}
      </ActionButton>
      {past ? null : (
        <LinkButton to="/definitions/$key/backtest" params={{ key }} variant="default">
          {says.tryIt}
        </LinkButton>
      )}
      {definition.enabled ? (
        <>
          {past ? null : (
            <LinkButton to="/instances/new" search={{ definition: key }} variant="default">
              {says.start}
            </LinkButton>
          )}
          <ActionButton permission="definitions:disable" past={past} variant="default" onClick={() => setOpen('disable')}>
            {says.disable}
          </ActionButton>
        </>
      ) : (
        <>
          <ActionButton permission="definitions:enable" past={past} variant="default" onClick={() => setOpen('enable')}>
            {says.enable}
          </ActionButton>
          <ActionButton permission="definitions:remove" past={past} variant="default" onClick={() => setOpen('remove')}>
            {says.remove}
          </ActionButton>
        </>
      )}
      {past ? null : <GuardThis beginning={formAbout('DEFINITION', key, definition.defaultConfig)}>{text.guards.guardDefinition}</GuardThis>}
      {open === 'publish' ? <PublishDialog definition={definition} onClose={close} /> : null}
      {open === 'enable' ? <EnableDialog definition={definition} onClose={close} /> : null}
      {open === 'disable' ? <DisableDialog definition={definition} onClose={close} /> : null}
      {open === 'remove' ? <RemoveDialog definition={definition} onClose={close} /> : null}
    </>
  );
}

interface DialogProps {
  definition: Definition;
  onClose: () => void;
}

function EnableDialog({ definition: { key, revision }, onClose }: DialogProps) {
  const { definition: says } = useText();
  const command = useCommand({
    document: enableDocument,
    payloadOf: (result) => result.enableDefinition,
    said: () => says.enabled(key),
  });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { key, expectedRevision: seen ?? null, idempotencyKey, reason } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog {...command} title={says.enableTitle(key)} submit={says.enable} reason="optional" onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      <Text>{says.enableAbout}</Text>
    </CommandDialog>
  );
}

function DisableDialog({ definition, onClose }: DialogProps) {
  const { definition: says } = useText();
  const { key, revision } = definition;
  const command = useCommand({
    document: disableDocument,
    payloadOf: (result) => result.disableDefinition,
    said: () => says.disabled(key),
  });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { key, expectedRevision: seen ?? null, idempotencyKey, reason } }));
    if (done !== undefined) onClose();
  };
  return (
    <CommandDialog {...command} title={says.disableTitle(key)} submit={says.disable} reason="required" onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      <Text>{says.disableAbout(definition.runningInstances)}</Text>
      {definition.runningInstances === 0 ? null : (
        <PageLink to="/instances" search={{ definition: definition.key, status: ['RUNNING'] }} size="sm">
          {says.whichRun}
        </PageLink>
      )}
    </CommandDialog>
  );
}

function RemoveDialog({ definition: { key, revision }, onClose }: DialogProps) {
  const { definition: says } = useText();
  const navigate = useNavigate();
  const command = useCommand({
    document: removeDocument,
    payloadOf: (result) => result.removeDefinition,
    said: () => says.removed(key),
  });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const done = await command.give((idempotencyKey) => ({ input: { key, expectedRevision: seen ?? null, idempotencyKey, reason } }));
    if (done !== undefined) void navigate({ to: '/definitions' });
  };
  return (
    <CommandDialog {...command} danger title={says.removeTitle(key)} submit={says.remove} reason="required" onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      <Text>{says.removeAbout}</Text>
    </CommandDialog>
  );
}
