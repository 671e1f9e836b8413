/** The guards that hold something now. */
import { graphql, type ResultOf } from '../graphql/graphql';
import { useLifecycle } from '../live/live';
import { useKeptQuery } from '../live/use-kept-query';

const trippedDocument = graphql(`
  query TrippedGuards {
    guards {
      guards {
        name
        scope
        target
        action
        trip {
          at
        }
      }
    }
  }
`);

type Rule = ResultOf<typeof trippedDocument>['guards']['guards'][number];
export type TrippedGuard = Rule & { trip: NonNullable<Rule['trip']> };

export function useTripped(): readonly TrippedGuard[] {
  const [{ data }, ask] = useKeptQuery({ query: trippedDocument, requestPolicy: 'network-only' });
  useLifecycle((event) => {
    if (event.streamType === 'risk_guards') ask({ requestPolicy: 'network-only' });
  });
  return (data?.guards.guards ?? []).filter((guard): guard is TrippedGuard => guard.trip !== null);
}
