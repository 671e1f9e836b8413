/** On an instance's page: which guards hold it, and how. */
import { Alert } from '@mantine/core';
import { PageLink } from '../routing/links';
import { useText } from '../text/text';
import { Moment } from '../time/Moment';
import { holds, type Watched } from './held';
import { useTripped } from './tripped';

export function HeldByGuards({ watched }: { watched: Watched }) {
  const { guards: says } = useText();
  const holding = useTripped().filter((guard) => holds(guard, watched));
  if (holding.length === 0) return null;
  return (
    <Alert color="red" variant="outline">
      {holding.map(({ name, scope, target, action, trip }) => (
        <p key={name}>
          {scope === 'ACCOUNT' ? says.holdsOn(name, target ?? '') : says.holdsThis(name)} ({says.since} <Moment at={trip.at} />): {says.actions[action]}
          {says.untilReset}
        </p>
      ))}
      <PageLink to="/guards" size="sm">
        {says.show}
      </PageLink>
    </Alert>
  );
}
