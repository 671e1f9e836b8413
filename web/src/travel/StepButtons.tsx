/** From one event of the thing itself to the next, each step with what it leads to. */
import { Button, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import type { EventRow } from '../event/event';
import { groupedPosition } from '../live/position';
import { useText } from '../text/text';
import { Moment } from '../time/Moment';
import { readSteps, type Step, type Steps, type Thing } from './own-events';

interface StepButtonsProps {
  thing: Thing;
  position: string;
  onTravel: (asOf: string) => void;
}

export function StepButtons({ thing, position, onTravel }: StepButtonsProps) {
  const { travel: says } = useText();
  const steps = useSteps(thing, position);
  return (
    <div className="steps">
      {steps?.shown === undefined ? null : (
        <>
          <span>{says.shown}</span>
          <Said event={steps.shown} />
        </>
      )}
      {(['earlier', 'later'] as const).map((which) => (
        <Towards key={which} label={says[which]} step={steps?.[which]} known={steps !== undefined} onTravel={onTravel} />
      ))}
    </div>
  );
}

function useSteps({ streamType, key }: Thing, position: string): Steps | undefined {
  const client = useClient();
  const place = `${streamType}/${key}@${position}`;
  const [read, setRead] = useState<{ place: string; steps: Steps }>();
  useEffect(() => {
    let wanted = true;
    void readSteps(client, { streamType, key }, position).then((steps) => {
      if (wanted) setRead({ place, steps });
    });
    return () => {
      wanted = false;
    };
  }, [client, place]);
  return read?.place === place ? read.steps : undefined;
}

interface TowardsProps {
  label: string;
  step: Step | undefined;
  known: boolean;
  onTravel: (asOf: string) => void;
}

function Towards({ label, step, known, onTravel }: TowardsProps) {
  const { travel: says } = useText();
  return (
    <>
      <Button size="compact-sm" variant="default" disabled={step === undefined} onClick={() => step && onTravel(step.position)}>
        {label}
      </Button>
      {step?.event ? <Said event={step.event} /> : <Text size="sm">{step ? says.beforeIt : known ? says.noMore : ''}</Text>}
    </>
  );
}

function Said({ event }: { event: EventRow }) {
  const { said } = useText();
  return (
    <Text size="sm" component="div">
      #{groupedPosition(event.position)} · <Moment at={event.recordedAt} /> · {said(event.summary, event.phrase)}
    </Text>
  );
}
