/** How it came to it: which limit, what the profit was then, when, and by what. */
import { Text } from '@mantine/core';
import { groupedPosition } from '../live/position';
import { PageLink } from '../routing/links';
import { useText } from '../text/text';
import { Moment } from '../time/Moment';
import type { Guard } from './guards';

export function TripSaid({ trip, currency }: { trip: NonNullable<Guard['trip']>; currency: string }) {
  const { guards: says } = useText();
  return (
    <div>
      <Text size="sm" fw={600}>{says.reached[trip.limit](`${trip.amount} ${currency}`)}</Text>
      <Text size="sm">{says.profit(`${trip.profit} ${currency}`, trip.highest)}</Text>
      <Text size="sm" component="div">
        <Moment at={trip.at} /> ·{' '}
        <PageLink to="/events" search={{ open: trip.position }} size="sm" style={{ whiteSpace: 'nowrap' }}>
          {says.cause(groupedPosition(trip.position))}
        </PageLink>
      </Text>
    </div>
  );
}
