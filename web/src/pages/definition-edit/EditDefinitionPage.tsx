import { Badge, Button, Group, List, Stack } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { Blocked } from '../../command/Blocked';
import { CopyRequest } from '../../command/CopyRequest';
import { ReasonField, reasonOf } from '../../command/ReasonField';
import { Refusals } from '../../command/Refusals';
import { useCommand } from '../../command/use-command';
import { useRefusalFocus } from '../../command/use-refusal-focus';
import { useStanding } from '../../command/use-standing';
import { conflictIn } from '../../command/user-error';
import { changeSentences } from '../../diff/sentences';
import { useOwnWrites } from '../../live/own-writes';
import { useKeptQuery } from '../../live/use-kept-query';
import { Empty } from '../../page/Empty';
import { LeaveUnsaved } from '../../page/LeaveUnsaved';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { useText } from '../../text/text';
import { definitionDocument, type Definition } from '../definition/definition';
import { updateDocument } from './commands';
import { ConflictView } from './ConflictView';
import { contentOf, draftOf, typedMembers } from './draft';
import { DraftForm } from './DraftForm';
import { draftOnLatest } from './keep-mine';

export function EditDefinitionPage() {
  const text = useText();
  const { key } = useParams({ from: '/inside/definitions/$key/edit' });
  const { minPosition } = useOwnWrites();
  // Asked once: what is being edited must not change under somebody's hands
  const [{ data, fetching, error }, ask] = useKeptQuery({
    query: definitionDocument,
    variables: { key, asOf: null, minPosition },
    requestPolicy: 'network-only',
  });
  const again = () => ask({ requestPolicy: 'network-only' });
  return (
    <Page title={text.definition.editTitle(key)}>
      <Loaded data={data} fetching={fetching} error={error} retry={again}>
        {({ definition }) =>
          definition === null ? (
            <Empty title={text.load.missing(text.definition.what(key))} about={text.load.missingAbout} />
          ) : (
            <Editor key={definition.id} first={definition} />
          )
        }
      </Loaded>
    </Page>
  );
}

const AT_FIELDS = ['name', 'description', 'executorType', 'visibility', 'configSchema', 'defaultConfig', 'reason'];

function Editor({ first }: { first: Definition }) {
  const text = useText();
  const says = text.definition;
  const navigate = useNavigate();
  const [base, setBase] = useState(first);
  const [draft, setDraft] = useState(() => draftOf(first));
  const [reason, setReason] = useState('');
  const command = useCommand({
    document: updateDocument,
    payloadOf: (result) => result.updateDefinition,
    said: () => says.saved(base.key),
  });
  const errors = useStanding(command.errors, { ...typedMembers(draft), reason });
  const place = useRefusalFocus(command.errors, command.failure);
  const content = contentOf(draft);
  const changes = content === undefined ? [] : changeSentences(base, content, text);
  const dirty = content === undefined || changes.length > 0;
  /** Saved, or given up on purpose: nothing is asked on the way out. */
  const settled = useRef(false);
  const leave = () => {
    settled.current = true;
    void navigate({ to: '/definitions/$key', params: { key: base.key } });
  };
  const tryIt = () => void navigate({ to: '/definitions/$key/backtest', params: { key: base.key } });

  const save = async (next: () => void) => {
    if (content === undefined) return;
    const input = { key: base.key, ...content, expectedRevision: base.revision, reason: reasonOf(reason) };
    const done = await command.give((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    if (done === undefined) return;
    settled.current = true;
    next();
  };
  /** The latest becomes the ground that the next save stands on, with what was typed here on top of it or without. */
  const goOnFrom = (latest: Definition, takeTheirs: boolean) => {
    setBase(latest);
    setDraft(takeTheirs ? draftOf(latest) : draftOnLatest(base, draft, latest));
    command.forget();
  };
  return (
    <Stack gap="lg" ref={place}>
      <LeaveUnsaved isDirty={() => dirty && !settled.current} />
      {conflictIn(command.errors) !== undefined && content !== undefined ? (
        <ConflictView base={base} mine={content} errors={command.errors} onDecided={goOnFrom} />
      ) : null}
      <DraftForm draft={draft} onChange={(change) => setDraft((before) => ({ ...before, ...change }))} errors={errors} />
      {changes.length === 0 ? null : (
        <section className="card">
          <Badge tt="none" mb="xs">
            {says.unsaved(changes.length)}
          </Badge>
          <List size="sm">
            {changes.map((change) => (
              <List.Item key={change}>{change}</List.Item>
            ))}
          </List>
        </section>
      )}
      <ReasonField value={reason} onChange={setReason} required={false} errors={errors} />
      <Refusals
        errors={errors.filter(({ code }) => code !== 'CONFLICT')}
        failure={command.failure}
        shownElsewhere={AT_FIELDS}
      />
      <Group>
        <ActionButton
          permission="definitions:update"
          loading={command.busy}
          disabled={content === undefined || changes.length === 0}
          onClick={() => void save(leave)}
        >
          {says.saveDraft}
        </ActionButton>
        <ActionButton
          permission="definitions:update"
          variant="default"
          disabled={content === undefined}
          onClick={() => (changes.length === 0 ? tryIt() : void save(tryIt))}
        >
          {changes.length === 0 ? says.tryIt : says.saveAndTry}
        </ActionButton>
        <Button variant="default" onClick={leave}>
          {text.command.cancel}
        </Button>
        <CopyRequest read={() => command.requestOf(() => void save(leave))} />
      </Group>
      <Blocked why={content === undefined ? text.command.unreadable : changes.length === 0 ? says.nothingToSave : undefined} />
    </Stack>
  );
}
