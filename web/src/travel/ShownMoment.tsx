/** Whatever stands in it lasts until the moment of the past that the page shows, and is drawn until then. */
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { ShownMomentContext } from '../time/shown-moment';
import { readAsOf } from './as-of';

const recordedDocument = graphql(`
  query Recorded($position: Position!) {
    event(position: $position) {
      id
      recordedAt
    }
  }
`);

interface ShownMomentProps {
  /** As the address has it. */
  asOf: string | undefined;
  /** The position whose state is shown; null for now. */
  position: string | null;
  children: ReactNode;
}

export function ShownMoment({ asOf, position, children }: ShownMomentProps) {
  const asked = readAsOf(asOf);
  const time = asked !== undefined && 'time' in asked ? asked.time : undefined;
  const [{ data }] = useQuery({
    query: recordedDocument,
    variables: { position: position ?? '0' },
    pause: position === null || time !== undefined,
  });
  // Of a position it is as old as the event there: nobody knows how long after that it was left
  const moment = time ?? (data?.event?.recordedAt as string | undefined);
  const shown = position === null ? null : moment === undefined ? undefined : new Date(moment);
  return <ShownMomentContext value={shown}>{children}</ShownMomentContext>;
}
