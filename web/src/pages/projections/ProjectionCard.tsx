import { Alert, Group, Progress, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { CommandDialog } from '../../command/CommandDialog';
import { useCommand } from '../../command/use-command';
import { groupedPosition } from '../../live/position';
import { Fact, Facts } from '../../page/Facts';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { rebuildDocument, resumeDocument, type ProjectionRow } from './projections';

interface ProjectionCardProps {
  projection: ProjectionRow;
  /** As the answer to a command shows it. */
  onAnswer: (projection: ProjectionRow) => void;
}

export function ProjectionCard({ projection, onAnswer }: ProjectionCardProps) {
  const text = useText();
  const says = text.projections;
  const [asking, setAsking] = useState<'rebuild' | 'resume'>();
  const close = () => setAsking(undefined);
  const done = (answered: ProjectionRow | null) => {
    if (answered !== null) onAnswer(answered);
    close();
  };
  const { name, parked, rebuild, lastRebuild } = projection;
  const [tone, state] = parked !== null ? ['bad', says.parked] : rebuild !== null ? ['warn', says.rebuilding] : ['good', says.healthy];
  return (
    <section className="card" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {name}
          </Title>
          <span className={`state state-${tone}`}>{state}</span>
        </Group>
        {parked === null ? null : (
          <Alert color="red" variant="outline" title={says.parkedAbout(groupedPosition(parked.position))}>
            <Stack gap="xs" align="flex-start">
              <Text size="sm">
                {parked.error} (<Moment at={parked.since} />)
              </Text>
              <Text size="sm">{says.parkedHelp}</Text>
              <ActionButton permission="projections:rebuild" size="sm" variant="default" onClick={() => setAsking('resume')}>
                {says.resume}
              </ActionButton>
            </Stack>
          </Alert>
        )}
        <Facts>
          <Fact name={says.position}>
            <span className="numeric">{groupedPosition(projection.position)}</span>
          </Fact>
          <Fact name={says.head}>
            <span className="numeric">{groupedPosition(projection.head)}</span>
          </Fact>
          <Fact name={says.lag}>{says.lagSaid(projection.lag, projection.lagSeconds)}</Fact>
          <Fact name={says.generation}>{projection.generation}</Fact>
          <Fact name={says.lastRebuild}>
            {lastRebuild === null ? (
              says.never
            ) : (
              <>
                {lastRebuild.error === null ? says.succeeded : says.failedWith(lastRebuild.error)} · <Moment at={lastRebuild.finishedAt} />
              </>
            )}
          </Fact>
        </Facts>
        {rebuild === null ? null : <Rebuilding name={name} position={rebuild.position} head={rebuild.head} />}
        <ActionButton permission="projections:rebuild" variant="default" w="fit-content" disabled={rebuild !== null} onClick={() => setAsking('rebuild')}>
          {says.rebuild}
        </ActionButton>
      </Stack>
      {asking === 'rebuild' ? <RebuildDialog name={name} onDone={done} onClose={close} /> : null}
      {asking === 'resume' ? <ResumeDialog name={name} onDone={done} onClose={close} /> : null}
    </section>
  );
}

function Rebuilding({ name, position, head }: { name: string; position: string; head: string }) {
  const { projections: says } = useText();
  const said = says.progress(name, groupedPosition(position), groupedPosition(head));
  const done = head === '0' ? 100 : Number((BigInt(position) * 1000n) / BigInt(head)) / 10;
  return (
    <div>
      <Text size="sm">{said}</Text>
      <Progress.Root>
        <Progress.Section value={done} aria-label={said} />
      </Progress.Root>
    </div>
  );
}

interface DialogProps {
  name: string;
  onDone: (answered: ProjectionRow | null) => void;
  onClose: () => void;
}

function RebuildDialog({ name, onDone, onClose }: DialogProps) {
  const { projections: says } = useText();
  const [typed, setTyped] = useState('');
  const command = useCommand({ document: rebuildDocument, payloadOf: (result) => result.rebuildProjection, said: () => says.rebuildAsked(name) });
  const submit = async (reason: string | null) => {
    const payload = await command.give((idempotencyKey) => ({ input: { name, idempotencyKey, reason } }));
    if (payload !== undefined) onDone(payload.projection);
  };
  return (
    <CommandDialog
      {...command}
      title={says.rebuildTitle(name)}
      submit={says.rebuild}
      reason="required"
      blocked={typed !== name}
      onSubmit={(reason) => void submit(reason)}
      onClose={onClose}
    >
      <Text>{says.rebuildAbout}</Text>
      <TextInput label={says.rebuildConfirm(name)} value={typed} autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)} />
    </CommandDialog>
  );
}

function ResumeDialog({ name, onDone, onClose }: DialogProps) {
  const { projections: says } = useText();
  const command = useCommand({ document: resumeDocument, payloadOf: (result) => result.resumeProjection, said: () => says.resumed(name) });
  const submit = async (reason: string | null) => {
    const payload = await command.give((idempotencyKey) => ({ input: { name, idempotencyKey, reason } }));
    if (payload !== undefined) onDone(payload.projection);
  };
  return (
    <CommandDialog {...command} title={says.resumeTitle(name)} submit={says.resume} reason="required" onSubmit={(reason) => void submit(reason)} onClose={onClose}>
      <Text>{says.resumeAbout}</Text>
    </CommandDialog>
  );
}
