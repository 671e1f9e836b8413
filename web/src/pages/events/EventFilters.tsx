import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useText } from '../../text/text';
import { STREAM_TYPES, type EventSearch } from './events';

type Change = { [K in keyof EventSearch]?: EventSearch[K] | undefined };

interface EventFiltersProps {
  search: EventSearch;
  onApply: (change: Change) => void;
}

/** Applied as a whole: half a time is no filter. */
export function EventFilters({ search, onApply }: EventFiltersProps) {
  const text = useText();
  const says = text.events;
  const [draft, setDraft] = useState<EventSearch>(search);
  const write = (change: Change) => setDraft((before) => ({ ...before, ...change }) as EventSearch);
  const filled = (typed: string) => (typed.trim() === '' ? undefined : typed.trim());
  const apply = (event: FormEvent) => {
    event.preventDefault();
    onApply({ ...NO_FILTER, ...draft });
  };
  return (
    <form onSubmit={apply}>
      <Group align="flex-end" gap="sm" className="filters">
        <TextInput
          label={says.type}
          placeholder="InstanceStarted"
          value={draft.type?.join(', ') ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const types = value.split(/[,\s]+/).filter((type) => type !== '');
            write({ type: types.length === 0 ? undefined : types });
          }}
        />
        <TextInput label={says.actor} value={draft.actor ?? ''} onChange={(event) => write({ actor: filled(event.currentTarget.value) })} />
        <NativeSelect
          label={says.streamType}
          value={draft.streamType ?? ''}
          data={[{ value: '', label: text.instances.any }, ...STREAM_TYPES]}
          onChange={(event) => write({ streamType: filled(event.currentTarget.value), stream: undefined })}
        />
        <TextInput
          label={says.streamId}
          value={draft.stream ?? ''}
          disabled={draft.streamType === undefined}
          onChange={(event) => write({ stream: filled(event.currentTarget.value) })}
        />
        <TextInput label={says.from} type="datetime-local" value={draft.from ?? ''} onChange={(event) => write({ from: filled(event.currentTarget.value) })} />
        <TextInput label={says.until} type="datetime-local" value={draft.until ?? ''} onChange={(event) => write({ until: filled(event.currentTarget.value) })} />
        <NativeSelect
          label={says.order}
          value={draft.oldest ? 'oldest' : 'newest'}
          data={[
            { value: 'newest', label: says.newest },
            { value: 'oldest', label: says.oldest },
          ]}
          onChange={(event) => write({ oldest: event.currentTarget.value === 'oldest' ? true : undefined })}
        />
        <Button type="submit" variant="default">
          {says.apply}
        </Button>
        <Button variant="subtle" onClick={() => onApply(NO_FILTER)}>
          {says.clear}
        </Button>
      </Group>
    </form>
  );
}

const NO_FILTER: Change = {
  type: undefined, actor: undefined, stream: undefined, streamType: undefined, from: undefined, until: undefined,
  correlation: undefined, causation: undefined, oldest: undefined,
};
