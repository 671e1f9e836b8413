import { Button, Group } from '@mantine/core';
import { useId, useState, type FormEvent } from 'react';
import { usePreferences } from '../preferences/preferences';
import { useText } from '../text/text';
import { momentTyped } from './moment-typed';

/** A date and a time as the browser asks for them, in the zone in which times are shown. */
export function MomentField({ onTravel }: { onTravel: (asOf: string) => void }) {
  const { travel: says } = useText();
  const { preferences } = usePreferences();
  const id = useId();
  const zone = preferences.times === 'local' ? 'local' : 'utc';
  const [typed, setTyped] = useState('');
  const moment = momentTyped(typed, zone);
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (moment !== undefined) onTravel(moment);
  };
  return (
    <form onSubmit={go}>
      <Group gap="xs" align="center">
        <label htmlFor={id}>{zone === 'local' ? says.momentLocal : says.momentUtc}</label>
        <input id={id} type="datetime-local" step={1} className="control moment-field" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button type="submit" size="compact-sm" variant="default" disabled={moment === undefined}>
          {says.goToMoment}
        </Button>
      </Group>
    </form>
  );
}
