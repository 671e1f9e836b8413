/** Whose quotes, fills and decisions are shown: an instance has had one run after the other. */
import { NativeSelect } from '@mantine/core';
import { useText } from '../../text/text';

interface RunSelectProps {
  /** The latest there is at the moment that is shown. */
  latest: number;
  run: number;
  onChange: (run: number) => void;
}

export function RunSelect({ latest, run, onChange }: RunSelectProps) {
  const { instance: says } = useText();
  if (latest === 1) return null;
  const runs = Array.from({ length: latest }, (_, index) => latest - index);
  return (
    <NativeSelect
      label={says.run}
      w="fit-content"
      mb="sm"
      value={String(run)}
      data={runs.map((number) => ({ value: String(number), label: number === latest ? says.latestRun(number) : String(number) }))}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  );
}
