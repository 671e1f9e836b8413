/** Stopping several at once: the count must be typed, and each that was not stopped is named. */
import { List, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { userErrorFragment } from '../../command/user-error';
import { graphql, type ResultOf } from '../../graphql/graphql';
import { useNotices } from '../../notices/notices';
import { gravestOf, TradingBadge } from '../../page/TradingBadge';
import type { StopMode } from '../../stopping/stop-mode';
import { StopModeChoice } from '../../stopping/StopModeChoice';
import { useText } from '../../text/text';
import { inTurns } from './in-turns';
import type { InstanceRow } from './instances';

const stopManyDocument = graphql(
  `
    mutation StopInstances($input: StopInstancesInput!) {
      stopInstances(input: $input) {
        position
        results {
          key
          stopped
          userErrors {
            ...Refusal
          }
        }
        userErrors {
          ...Refusal
        }
      }
    }
  `,
  [userErrorFragment],
);

type Result = ResultOf<typeof stopManyDocument>['stopInstances']['results'][number];

interface StopManyDialogProps {
  rows: readonly InstanceRow[];
  onClose: () => void;
  onDone: () => void;
}

export function StopManyDialog({ rows, onClose, onDone }: StopManyDialogProps) {
  const text = useText();
  const says = text.instances;
  const { tell } = useNotices();
  const [typed, setTyped] = useState('');
  const [mode, setMode] = useState<StopMode>('CANCEL');
  // The list goes on changing behind the dialog: what was confirmed is what is stopped
  const [asked] = useState(rows);
  const keys = asked.map(({ key }) => key);
  const command = useCommand({
    document: stopManyDocument,
    payloadOf: (result) => result.stopInstances,
    said: ({ results }) => says.stoppedMany(results.filter(({ stopped }) => stopped).length, results.length),
  });
  const inputOf = (turn: string[], reason: string | null) => (idempotencyKey: string) => ({ input: { keys: turn, mode, idempotencyKey, reason } });
  /** What the server said of each so far: trying again after a lost answer goes on where it was. */
  const answered = useRef<Result[]>([]);
  const submit = async (reason: string | null) => {
    const known = new Set(answered.current.map(({ key }) => key));
    for (const turn of inTurns(keys.filter((key) => !known.has(key)))) {
      const done = await command.give(inputOf(turn, reason));
      if (done === undefined) return;
      answered.current.push(...done.results);
    }
    const left = answered.current.filter(({ stopped }) => !stopped);
    if (left.length > 0) {
      const why = left.map(({ key, userErrors }) => says.notStopped(key, userErrors[0] === undefined ? says.didNotRun : text.refusal(userErrors[0])));
      tell({ tone: 'bad', said: says.stoppedMany(keys.length - left.length, keys.length), about: why.join('; ') });
    }
    onDone();
    onClose();
  };
  return (
    <CommandDialog
      {...command}
      danger
      trading={gravestOf(asked.map(({ trading }) => trading))}
      title={says.stopManyTitle(keys.length)}
      submit={mode === 'FLATTEN' ? text.stopping.submitFlattenMany(keys.length) : says.stopSelected(keys.length)}
      reason="required"
      requestsOf={(reason) => inTurns(keys).map((turn) => command.requestWith(inputOf(turn, reason)))}
      blocked={typed !== String(keys.length)}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.stopManyAbout}</Text>
      <List size="sm" style={{ maxHeight: 200, overflow: 'auto' }} tabIndex={0}>
        {asked.map(({ key, trading }) => (
          <List.Item key={key}>
            {key} {trading === 'LIVE' ? <TradingBadge trading={trading} /> : null}
          </List.Item>
        ))}
      </List>
      <StopModeChoice count={keys.length} value={mode} onChange={setMode} />
      <TextInput label={says.stopManyConfirm(keys.length)} value={typed} inputMode="numeric" onChange={(event) => setTyped(event.currentTarget.value)} />
    </CommandDialog>
  );
}
