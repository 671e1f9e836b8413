/** What a guard's runs earned since it was armed, and how much of each limit that uses up. */
import { Stack, Text } from '@mantine/core';
import type { Guard } from '../../guard/guards';
import { sharesOf, type Share } from '../../guard/share';
import { useText } from '../../text/text';

const NEAR_PERCENT = 75;

export function Measured({ guard }: { guard: Guard }) {
  const { guards: says } = useText();
  const { measure, currency } = guard;
  if (measure === null) {
    return (
      <Text size="sm" c="dimmed">
        {says.unmeasured}
      </Text>
    );
  }
  return (
    <Stack gap={6}>
      <Text size="sm" className="numeric">
        {says.profit(`${measure.profit} ${currency}`, measure.highest)}
      </Text>
      {sharesOf(guard).map((share) => (
        <ShareBar key={share.limit} share={share} />
      ))}
    </Stack>
  );
}

function ShareBar({ share: { limit, lost, amount, percent } }: { share: Share }) {
  const { guards: says } = useText();
  const said = says.share(lost, amount, percent);
  return (
    <div>
      <Text size="sm" className="numeric">
        {says[limit]}: {said}
      </Text>
      <div className="share" role="meter" aria-label={says[limit]} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={said}>
        <div className={percent >= NEAR_PERCENT ? 'share-near' : undefined} style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
