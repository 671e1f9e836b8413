/** What bringing an older version back would change, for whom, and under which number; then why. */
import { Skeleton, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { CommandDialog } from '../../command/CommandDialog';
import { failureSaid } from '../../command/failure';
import { useCommand } from '../../command/use-command';
import { useSeenRevision } from '../../command/use-seen-revision';
import { violationsUnder } from '../../command/user-error';
import type { ResultOf } from '../../graphql/graphql';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { publishCheckDocument, restoreDocument } from './commands';
import { versionDocument, type Definition } from './definition';
import { PublishReport } from './PublishReport';

interface RestoreDialogProps {
  definition: Definition;
  version: string;
  onClose: () => void;
}

export function RestoreDialog({ definition: { key, revision }, version, onClose }: RestoreDialogProps) {
  const text = useText();
  const says = text.restore;
  const [typed, setTyped] = useState<string | undefined>();
  const { check, error } = useRestoreCheck(key, version);
  const newVersion = typed ?? check?.suggestedVersion ?? '';
  const command = useCommand({
    document: restoreDocument,
    payloadOf: (result) => result.restoreDefinitionVersion,
    said: () => says.done(key, version),
  });
  const seen = useSeenRevision(revision, command.errors);
  const submit = async (reason: string | null) => {
    const input = { key, version, newVersion: newVersion === '' ? null : newVersion, expectedRevision: seen ?? null, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done !== undefined) onClose();
  };
  const refused = violationsUnder(command.errors, 'newVersion').map(({ message }) => message).join(' ');
  const why = check && text.said(check.reason, check.reasonPhrase);
  return (
    <CommandDialog
      {...command}
      failure={command.failure ?? (error && failureSaid(error, text.command.unanswered))}
      size="xl"
      title={says.title(version)}
      submit={says.submit}
      reason="required"
      shownElsewhere={['newVersion']}
      blocked={check === undefined}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.about(version)}</Text>
      {check === undefined ? (
        <Skeleton height={140} aria-label={text.publish.checking} />
      ) : (
        <PublishReport
          check={check}
          nothing={says.nothing(version)}
          sideBySide={
            // Beside this page: what was typed here stays
            <PageLink to="/definitions/$key/compare" params={{ key }} search={{ from: check.currentVersion, to: version }} target="_blank" size="sm">
              {text.publish.sideBySide}
            </PageLink>
          }
        />
      )}
      <TextInput
        label={says.newVersion}
        description={check?.suggestedVersion ? text.publish.suggested(check.suggestedVersion, why ?? '') : says.free}
        value={newVersion}
        error={refused || undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </CommandDialog>
  );
}

/** The old content against the definition as it is now, as if it were about to be published. */
function useRestoreCheck(key: string, version: string) {
  const [old] = useQuery({ query: versionDocument, variables: { key, version } });
  const content = old.data?.definition?.version ?? undefined;
  const [checked] = useQuery({
    query: publishCheckDocument,
    variables: { input: { key, ...(content && contentOf(content)) } },
    pause: content === undefined,
    requestPolicy: 'network-only',
  });
  const check = checked.fetching ? undefined : (checked.data?.publishCheck ?? undefined);
  return { check, error: old.error ?? checked.error };
}

type Version = NonNullable<NonNullable<ResultOf<typeof versionDocument>['definition']>['version']>;

function contentOf({ name, description, executorType, visibility, configSchema, defaultConfig }: Version) {
  return { name, description, executorType, visibility, configSchema, defaultConfig };
}
