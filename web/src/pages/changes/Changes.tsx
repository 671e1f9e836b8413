/** One thing at two moments: what changed, in lines and side by side. */
import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { DifferenceList } from '../../diff/DifferenceList';
import { differences } from '../../diff/structure';
import { JsonDiff } from '../../json-editor/JsonEditor';
import { canonicalText } from '../../json/json-text';
import { groupedPosition } from '../../live/position';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { useText } from '../../text/text';
import { isUnreadable, readAsOf } from '../../travel/as-of';
import type { Moments, Side, TwoMoments } from './use-two-moments';

interface MomentsFormProps {
  moments: Moments;
  onChange: (moments: { from: string; to: string | undefined }) => void;
}

/** Which two moments, and what changed between them. */
export function ChangesBetween({ found, ...form }: MomentsFormProps & { found: TwoMoments }) {
  return (
    <>
      <MomentsForm key={JSON.stringify(form.moments)} {...form} />
      {found.asked ? (
        <Loaded data={found.both} fetching={found.fetching} error={found.error} retry={found.retry}>
          {(sides) => <Changes {...sides} />}
        </Loaded>
      ) : null}
    </>
  );
}

function MomentsForm({ moments, onChange }: MomentsFormProps) {
  const text = useText();
  const says = text.changes;
  const [from, setFrom] = useState(moments.from ?? '');
  const [to, setTo] = useState(moments.to ?? '');
  const [checked, setChecked] = useState(isUnreadable(moments.from) || isUnreadable(moments.to));
  const fromWrong = readAsOf(from) === undefined;
  const toWrong = to !== '' && readAsOf(to) === undefined;
  const compare = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!fromWrong && !toWrong) onChange({ from, to: to === '' ? undefined : to });
  };
  return (
    <form onSubmit={compare} noValidate>
      <Stack gap="xs">
        <Group align="flex-start">
          <TextInput label={says.from} required value={from} error={checked && fromWrong ? text.travel.invalid : undefined} onChange={(event) => setFrom(event.currentTarget.value)} />
          <TextInput label={says.to} placeholder={says.now} value={to} error={checked && toWrong ? text.travel.invalid : undefined} onChange={(event) => setTo(event.currentTarget.value)} />
          <Button type="submit" mt={25}>
            {says.compare}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {text.travel.invalid} {says.emptyIsNow}
        </Text>
      </Stack>
    </form>
  );
}

interface ChangesProps {
  /** Null: it did not exist at that moment. */
  before: Side | null;
  after: Side | null;
}

function Changes({ before, after }: ChangesProps) {
  const text = useText();
  const says = text.changes;
  if (before === null || after === null) return <Empty title={before === null ? says.notThen : says.notThenTo} />;
  const changes = differences(before.state, after.state);
  const side = (at: Side) => says.side(groupedPosition(at.position));
  return (
    <>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {text.compare.summary}
        </Title>
        {changes.length === 0 ? (
          text.diff.same
        ) : (
          <DifferenceList of={changes} />
        )}
      </section>
      {changes.length === 0 ? null : (
        <JsonDiff before={canonicalText(before.state, 2)} after={canonicalText(after.state, 2)} beforeLabel={side(before)} afterLabel={side(after)} />
      )}
    </>
  );
}
