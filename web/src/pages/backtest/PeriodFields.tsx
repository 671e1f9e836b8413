/** Which prices, from when on and how long. */
import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import { violationsUnder, type UserError } from '../../command/user-error';
import { useText } from '../../text/text';
import type { BacktestOptions } from './backtest';
import { beginnings, isSamePair, isSeed, LENGTHS, STEPS, type Period } from './period';

interface PeriodFieldsProps {
  period: Period;
  options: BacktestOptions;
  /** What the configuration trades. */
  pair: string | undefined;
  errors: readonly UserError[];
  onChange: (period: Period) => void;
}

const day = (moment: string) => moment.slice(0, 16).replace('T', ' ');

export function PeriodFields({ period, options, pair, errors, onChange }: PeriodFieldsProps) {
  const { backtest: says } = useText();
  const change = (part: Partial<Period>) => onChange({ ...period, ...part });
  const errorAt = (member: string) => violationsUnder(errors, member).map(({ message }) => message).join(' ') || undefined;
  const { recordedPair } = options;
  const recorded = period.data === 'RECORDED';
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        <NativeSelect
          label={says.prices}
          value={period.data}
          data={[
            { value: 'RECORDED', label: says.recorded(recordedPair) },
            { value: 'GENERATED', label: says.generated },
          ]}
          onChange={({ currentTarget: { value } }) => change({ data: value === 'GENERATED' ? 'GENERATED' : 'RECORDED' })}
        />
        {recorded ? (
          <NativeSelect
            label={says.from}
            value={String(period.day)}
            error={errorAt('fromSeconds')}
            data={beginnings(options).map((moment, index) => ({ value: String(index), label: day(moment) }))}
            onChange={(event) => change({ day: Number(event.currentTarget.value) })}
          />
        ) : null}
        <NativeSelect
          label={says.length}
          value={String(period.lengthSeconds)}
          error={errorAt('lengthSeconds')}
          data={LENGTHS.map((seconds) => ({ value: String(seconds), label: says.lasting(seconds) }))}
          onChange={(event) => change({ lengthSeconds: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={says.step}
          value={String(period.stepSeconds)}
          error={errorAt('stepSeconds')}
          data={STEPS.map((seconds) => ({ value: String(seconds), label: says.everySeconds(seconds) }))}
          onChange={(event) => change({ stepSeconds: Number(event.currentTarget.value) })}
        />
        <TextInput
          label={says.seed}
          inputMode="numeric"
          value={period.seed}
          error={errorAt('seed') ?? (isSeed(period.seed) ? undefined : says.seedWrong)}
          onChange={(event) => change({ seed: event.currentTarget.value.trim() })}
        />
      </SimpleGrid>
      {recorded && pair !== undefined && !isSamePair(pair, recordedPair) ? (
        <Text size="sm" c="var(--warn)" role="status">
          {says.madeFrom(pair, recordedPair)}
        </Text>
      ) : null}
      <Text size="sm" c="dimmed">
        {says.dataAbout}
      </Text>
    </>
  );
}
