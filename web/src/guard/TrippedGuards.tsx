import { LinkButton } from '../routing/links';
import { useText } from '../text/text';
import { Moment } from '../time/Moment';
import type { TrippedGuard } from './tripped';
import { watchedSaid } from './words';

/** More would push the page itself off a small screen. */
const NAMED = 3;

export default function TrippedGuards({ tripped }: { tripped: readonly TrippedGuard[] }) {
  const { guards: says } = useText();
  const others = tripped.length - NAMED;
  return (
    <div className="banner banner-with-action banner-halted" role="alert">
      <div>
        {tripped.slice(0, NAMED).map((guard) => (
          <div key={guard.name}>
            <span aria-hidden="true">⚠ </span>
            {says.banner(guard.name, watchedSaid(guard, says))}: {says.actions[guard.action]} ({says.since} <Moment at={guard.trip.at} />)
          </div>
        ))}
        {others > 0 ? <div>{says.more(others)}</div> : null}
      </div>
      <LinkButton to="/guards" size="compact-sm" variant="default">
        {says.show}
      </LinkButton>
    </div>
  );
}
