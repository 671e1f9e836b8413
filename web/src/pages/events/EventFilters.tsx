import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useId, useState, type FormEvent } from 'react';
import { STREAM_TYPES } from '../../event/stream-types';
import { useText } from '../../text/text';
import type { EventSearch } from './events';
import { draftOf, searchOf, typeSuggestions, type FilterDraft } from './filter-draft';

type Change = { [K in keyof EventSearch]?: EventSearch[K] | undefined };

interface EventFiltersProps {
  search: EventSearch;
  onApply: (change: Change) => void;
}

/** Applied as a whole: half a time is no filter. */
export function EventFilters({ search, onApply }: EventFiltersProps) {
  const text = useText();
  const says = text.events;
  const suggestions = useId();
  const [draft, setDraft] = useState(() => draftOf(search));
  const write = (change: Partial<FilterDraft>) => setDraft((before) => ({ ...before, ...change }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    onApply(searchOf(draft));
  };
  return (
    <form onSubmit={apply}>
      <Group align="flex-end" gap="sm" className="filters">
        <TextInput
          label={says.type}
          placeholder="InstanceStarted, InstanceStopped"
          list={suggestions}
          autoComplete="off"
          value={draft.type}
          onChange={(event) => write({ type: event.currentTarget.value })}
        />
        <datalist id={suggestions}>
          {typeSuggestions(draft.type).map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
        <TextInput label={says.actor} value={draft.actor} onChange={(event) => write({ actor: event.currentTarget.value })} />
        <NativeSelect
          label={says.streamType}
          value={draft.streamType}
          data={[{ value: '', label: text.instances.any }, ...STREAM_TYPES]}
          onChange={(event) => write({ streamType: event.currentTarget.value, stream: '' })}
        />
        <TextInput
          label={says.streamId}
          value={draft.stream}
          disabled={draft.streamType === ''}
          onChange={(event) => write({ stream: event.currentTarget.value })}
        />
        <TextInput label={says.from} type="datetime-local" value={draft.from} onChange={(event) => write({ from: event.currentTarget.value })} />
        <TextInput label={says.until} type="datetime-local" value={draft.until} onChange={(event) => write({ until: event.currentTarget.value })} />
        <NativeSelect
          label={says.order}
          value={draft.oldest ? 'oldest' : 'newest'}
          data={[
            { value: 'newest', label: says.newest },
            { value: 'oldest', label: says.oldest },
          ]}
          onChange={(event) => write({ oldest: event.currentTarget.value === 'oldest' })}
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
