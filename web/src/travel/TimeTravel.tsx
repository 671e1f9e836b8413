/** Going to a moment of the past, and the banner that nobody can miss while there. */
import { Button, Group, Popover, Slider, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { groupedPosition } from '../live/position';
import { useText } from '../text/text';
import { readAsOf } from './as-of';
import { MomentField } from './MomentField';
import type { Thing } from './own-events';
import { StepButtons } from './StepButtons';

const headDocument = graphql(`
  query Head {
    readPosition {
      head
    }
  }
`);

interface TimeTravelProps {
  /** The page that holds two moments against each other. */
  compare: ReactNode;
  asOf: string | undefined;
  onTravel: (asOf: string | undefined) => void;
}

export function TravelButton({ asOf, compare, onTravel }: TimeTravelProps) {
  const text = useText();
  const [typed, setTyped] = useState(asOf ?? '');
  const [wrong, setWrong] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const read = readAsOf(typed);
    setWrong(read === undefined);
    if (read !== undefined) onTravel('position' in read ? read.position : read.time);
  };
  return (
    <Popover width={320} position="bottom-end" shadow="md" trapFocus withRoles>
      <Popover.Target>
        <Button variant="default">{text.travel.look}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.travel.look}>
        <form onSubmit={go} noValidate>
          <Stack gap="sm">
            <TextInput
              label={text.travel.asOf}
              description={text.travel.invalid}
              error={wrong ? text.travel.invalid : undefined}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit">{text.travel.go}</Button>
          </Stack>
        </form>
        <Stack gap="sm" mt="sm">
          <MomentField onTravel={onTravel} />
          {compare}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface PastBannerProps {
  /** Whose past it is. */
  thing: Thing;
  /** The position whose state is shown. */
  position: string;
  /** To what has changed since. */
  compare?: ReactNode;
  onTravel: (asOf: string | undefined) => void;
}

export function PastBanner({ thing, position, compare, onTravel }: PastBannerProps) {
  const text = useText();
  const [{ data }] = useQuery({ query: headDocument, requestPolicy: 'network-only' });
  const head = data?.readPosition.head ?? position;
  return (
    <div className="banner banner-past" role="alert">
      <Stack gap="xs">
        <Text fw={700}>{text.travel.banner(groupedPosition(position), groupedPosition(head))}</Text>
        <PositionSlider key={position} position={position} head={head} onTravel={onTravel} />
        <MomentField onTravel={onTravel} />
        <StepButtons thing={thing} position={position} onTravel={onTravel} />
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => onTravel(undefined)}>
            {text.travel.now}
          </Button>
          {compare}
        </Group>
      </Stack>
    </div>
  );
}

interface PositionSliderProps {
  position: string;
  head: string;
  onTravel: (asOf: string) => void;
}

/** Beyond what a number holds the slider would skip positions: then there are the buttons and the field. */
function PositionSlider({ position, head, onTravel }: PositionSliderProps) {
  const text = useText();
  const [value, setValue] = useState(Number(position));
  if (!Number.isSafeInteger(Number(head))) return null;
  return (
    <Slider
      min={0}
      max={Number(head)}
      value={value}
      onChange={setValue}
      onChangeEnd={(to) => onTravel(String(to))}
      label={(at) => groupedPosition(String(at))}
      thumbLabel={text.travel.slider}
    />
  );
}
