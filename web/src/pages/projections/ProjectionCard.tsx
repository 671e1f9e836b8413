import { Alert, Group, Progress, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../../command/ActionButton';
import { CommandDialog } from '../../command/CommandDialog';
import { useRequest } from '../../command/use-request';
import { groupedPosition } from '../../live/position';
import { Fact, Facts } from '../../page/Facts';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';
import { rebuildDocument, resumeDocument, type ProjectionRow } from './projections';

export function ProjectionCard({ projection }: { projection: ProjectionRow }) {
  const text = useText();
  const says = text.projections;
  const [asking, setAsking] = useState(false);
  const { name, parked, rebuild, lastRebuild } = projection;
  const resume = useRequest({ document: resumeDocument, payloadOf: (result) => result.resumeProjection, said: says.resumed(name) });
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
              <ActionButton permission="projections:rebuild" size="sm" variant="default" loading={resume.busy} onClick={() => void resume.give({ input: { name } })}>
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
        <ActionButton permission="projections:rebuild" variant="default" w="fit-content" disabled={rebuild !== null} onClick={() => setAsking(true)}>
          {says.rebuild}
        </ActionButton>
      </Stack>
      {asking ? <RebuildDialog name={name} onClose={() => setAsking(false)} /> : null}
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

function RebuildDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { projections: says } = useText();
  const [typed, setTyped] = useState('');
  const request = useRequest({ document: rebuildDocument, payloadOf: (result) => result.rebuildProjection, said: says.rebuildAsked(name) });
  const submit = async () => {
    if (await request.give({ input: { name } })) onClose();
  };
  return (
    <CommandDialog {...request} title={says.rebuildTitle(name)} submit={says.rebuild} reason="none" blocked={typed !== name} onSubmit={() => void submit()} onClose={onClose}>
      <Text>{says.rebuildAbout}</Text>
      <TextInput label={says.rebuildConfirm(name)} value={typed} autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)} />
    </CommandDialog>
  );
}
