import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useId, useState } from 'react';

interface SearchFieldProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** Whole values to choose from. */
  suggestions?: readonly string[];
}

/** Filters while somebody types, without asking the server for every letter. */
export function SearchField({ label, value, onChange, suggestions }: SearchFieldProps) {
  const [typed, setTyped] = useState(value ?? '');
  const tell = useDebouncedCallback((text: string) => onChange(text === '' ? undefined : text), 250);
  useEffect(() => setTyped(value ?? ''), [value]);
  const list = useId();
  return (
    <>
      <TextInput
        type="search"
        label={label}
        value={typed}
        {...(suggestions === undefined ? {} : { list, autoComplete: 'off' })}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          tell(event.currentTarget.value);
        }}
      />
      {suggestions === undefined ? null : (
        <datalist id={list}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}
