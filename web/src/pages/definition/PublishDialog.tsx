/** What publishing would change, for whom, and under which number; then why. */
import { Skeleton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { CommandDialog } from '../../command/CommandDialog';
import { failureSaid } from '../../command/failure';
import { useCommand } from '../../command/use-command';
import { useStanding } from '../../command/use-standing';
import { conflictIn, violationsUnder } from '../../command/user-error';
import { useText } from '../../text/text';
import { publishCheckDocument, publishDocument } from './commands';
import type { Definition } from './definition';
import { DraftChanged } from './DraftChanged';
import { PublishDiff } from './PublishDiff';
import { PublishReport } from './PublishReport';

interface PublishDialogProps {
  /** As it is now; what is published is what was looked at. */
  definition: Definition;
  onClose: () => void;
}

export function PublishDialog({ definition, onClose }: PublishDialogProps) {
  const text = useText();
  const says = text.publish;
  const { key } = definition;
  const [seen, setSeen] = useState(definition);
  const [typed, setTyped] = useState<string | undefined>();
  const [{ data, error, fetching }, check] = useQuery({
    query: publishCheckDocument,
    variables: { input: { key } },
    requestPolicy: 'network-only',
  });
  const found = fetching ? undefined : (data?.publishCheck ?? undefined);
  const version = typed ?? found?.suggestedVersion ?? '';
  const command = useCommand({
    document: publishDocument,
    payloadOf: (result) => result.publishDefinition,
    said: (payload) => says.done(key, payload.definition?.currentVersion ?? version),
  });
  const conflict = conflictIn(command.errors);
  // While it is being sent the change may be its own
  const isOld = conflict !== undefined || (!command.busy && definition.revision !== seen.revision);
  const submit = async (reason: string | null) => {
    const input = { key, version: version === '' ? null : version, expectedRevision: seen.revision, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  const lookAt = (latest: Definition) => {
    setSeen(latest);
    command.forget();
    check({ requestPolicy: 'network-only' });
  };
  const standing = useStanding(command.errors, { version });
  const refused = violationsUnder(standing, 'version').map(({ message }) => message).join(' ');
  return (
    <CommandDialog
      {...command}
      failure={command.failure ?? (error && failureSaid(error, text.command.unanswered))}
      size="xl"
      title={says.title(key)}
      submit={says.submit(version)}
      reason="required"
      shownElsewhere={['version']}
      blocked={found === undefined || isOld}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      {found === undefined ? (
        <Skeleton height={140} aria-label={says.checking} />
      ) : (
        <PublishReport check={found} nothing={says.nothing} sideBySide={<PublishDiff definitionKey={key} version={found.currentVersion} />} />
      )}
      {isOld ? <DraftChanged seen={seen} known={definition} at={conflict?.position} onLatest={lookAt} /> : null}
      <TextInput
        label={says.version}
        description={found?.suggestedVersion ? says.suggested(found.suggestedVersion, text.said(found.reason, found.reasonPhrase)) : undefined}
        value={version}
        error={refused || undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </CommandDialog>
  );
}
