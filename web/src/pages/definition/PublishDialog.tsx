/** What publishing would change, for whom, and under which number; then why. */
import { Alert, List, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { CommandDialog } from '../../command/CommandDialog';
import { failureSaid } from '../../command/failure';
import { useCommand } from '../../command/use-command';
import { violationsUnder } from '../../command/user-error';
import type { ResultOf } from '../../graphql/graphql';
import { useText } from '../../text/text';
import { ChangeList } from './ChangeList';
import { publishCheckDocument, publishDocument } from './commands';
import type { Definition } from './definition';
import { Findings } from './DefinitionOverview';
import { PublishDiff } from './PublishDiff';
import { PageLink } from '../../routing/links';

type Check = NonNullable<ResultOf<typeof publishCheckDocument>['publishCheck']>;

interface PublishDialogProps {
  definition: Pick<Definition, 'key' | 'revision'>;
  onClose: () => void;
  onPublished?: () => void;
}

export function PublishDialog({ definition: { key, revision }, onClose, onPublished }: PublishDialogProps) {
  const text = useText();
  const says = text.publish;
  const [typed, setTyped] = useState<string | undefined>();
  const [{ data, error }] = useQuery({
    query: publishCheckDocument,
    variables: { input: { key } },
    requestPolicy: 'network-only',
  });
  const check = data?.publishCheck ?? undefined;
  const version = typed ?? check?.suggestedVersion ?? '';
  const command = useCommand({
    document: publishDocument,
    payloadOf: (result) => result.publishDefinition,
    said: (payload) => says.done(key, payload.definition?.currentVersion ?? version),
  });
  const submit = async (reason: string | null) => {
    const input = { key, version: version === '' ? null : version, expectedRevision: revision, reason };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done === undefined) return;
    onPublished?.();
    onClose();
  };
  const refused = violationsUnder(command.errors, 'version').map(({ message }) => message).join(' ');
  return (
    <CommandDialog
      {...command}
      failure={command.failure ?? (error && failureSaid(error, text.command.unanswered))}
      size="xl"
      title={says.title(key)}
      submit={says.submit(version)}
      reason="required"
      shownElsewhere={['version']}
      blocked={check === undefined}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      {check === undefined ? <Skeleton height={140} aria-label={says.checking} /> : <CheckReport definitionKey={key} check={check} />}
      <TextInput
        label={says.version}
        description={check?.suggestedVersion ? says.suggested(check.suggestedVersion, check.reason) : undefined}
        value={version}
        error={refused || undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </CommandDialog>
  );
}

function CheckReport({ definitionKey, check }: { definitionKey: string; check: Check }) {
  const text = useText();
  const says = text.publish;
  const refused = check.refusedInstances;
  return (
    <Stack gap="sm">
      {check.changes.length === 0 ? (
        <Text>{says.nothing}</Text>
      ) : (
        <>
          <ChangeList changes={check.changes} />
          <PublishDiff definitionKey={definitionKey} version={check.currentVersion} />
        </>
      )}
      <Findings findings={check.findings} />
      {refused.length === 0 ? (
        <Text size="sm">{check.checkedInstances === 0 ? says.noneRunning : says.accepted(check.checkedInstances)}</Text>
      ) : (
        <Alert color="warn" variant="outline" title={says.refused(refused.length, check.checkedInstances)}>
          <List size="sm">
            {refused.map(({ instance, errors }) => (
              <List.Item key={instance.id}>
                <PageLink  to="/instances/$key" params={{ key: instance.key }}>
                  {instance.key}
                </PageLink>
                : {errors.map(({ message }) => message).join('; ')}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {check.incomplete ? <Text size="sm">{says.incomplete}</Text> : null}
    </Stack>
  );
}
