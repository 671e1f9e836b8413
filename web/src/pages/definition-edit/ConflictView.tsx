/** Somebody was faster: what they did, what we did, and the choice between the two. */
import { Alert, Button, Group, List, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from 'urql';
import { Refusals } from '../../command/Refusals';
import type { UserError } from '../../command/user-error';
import { changeSentences } from '../../diff/sentences';
import { useText } from '../../text/text';
import { definitionDocument, type Definition } from '../definition/definition';
import type { DraftContent } from './draft';
import { bothSentence, keepMine } from './keep-mine';

interface ConflictViewProps {
  base: Definition;
  mine: DraftContent;
  errors: readonly UserError[];
  onDecided: (latest: Definition, takeTheirs: boolean) => void;
}

export function ConflictView({ base, mine, errors, onDecided }: ConflictViewProps) {
  const text = useText();
  const says = text.command;
  const [{ data }] = useQuery({
    query: definitionDocument,
    variables: { key: base.key, asOf: null, minPosition: null },
    requestPolicy: 'network-only',
  });
  const latest = data?.definition ?? undefined;
  // The answer for an older revision is not what they did
  const theirs = latest !== undefined && latest.revision !== base.revision ? latest : undefined;
  return (
    <Stack gap="sm">
      <Refusals errors={errors.filter(({ code }) => code === 'CONFLICT')} failure={undefined} />
      {theirs === undefined ? (
        <Skeleton height={80} />
      ) : (
        <Alert color="warn" variant="outline">
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Side title={says.theirs} changes={changeSentences(base, theirs, text)} />
            <Side title={says.mine} changes={changeSentences(base, mine, text)} />
          </SimpleGrid>
          <BothTouched places={keepMine(base, mine, theirs).both.map((touched) => bothSentence(touched, text))} />
          <Group mt="sm">
            <Button variant="default" onClick={() => onDecided(theirs, false)}>
              {says.keepMine}
            </Button>
            <Button variant="default" onClick={() => onDecided(theirs, true)}>
              {says.takeTheirs}
            </Button>
          </Group>
        </Alert>
      )}
    </Stack>
  );
}

/** Nothing of theirs is replaced before somebody could know it. */
function BothTouched({ places }: { places: readonly string[] }) {
  const { command: says } = useText();
  if (places.length === 0) return <Text size="sm" mt="sm">{says.noneTouchedByBoth}</Text>;
  return (
    <section>
      <Title order={3} size="h5" mt="sm">
        {says.touchedByBoth}
      </Title>
      <List size="sm">
        {places.map((place) => (
          <List.Item key={place}>{place}</List.Item>
        ))}
      </List>
    </section>
  );
}

function Side({ title, changes }: { title: string; changes: readonly string[] }) {
  const text = useText();
  return (
    <section>
      <Title order={3} size="h5">
        {title}
      </Title>
      {changes.length === 0 ? (
        <Text size="sm">{text.diff.same}</Text>
      ) : (
        <List size="sm">
          {changes.map((change) => (
            <List.Item key={change}>{change}</List.Item>
          ))}
        </List>
      )}
    </section>
  );
}
