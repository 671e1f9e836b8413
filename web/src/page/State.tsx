import type { ResultOf } from '../graphql/graphql';
import { graphql } from '../graphql/graphql';
import { useFrameText } from '../text/frame-text';

const stateDocument = graphql(`
  query States {
    instances(first: 1) {
      nodes {
        status
        observed
      }
    }
  }
`);

type StateNode = ResultOf<typeof stateDocument>['instances']['nodes'][number];
export type InstanceStatus = StateNode['status'];
export type Observed = StateNode['observed'];

const DESIRED: Record<InstanceStatus, string> = { RUNNING: 'good', STOPPED: 'calm', FAULTED: 'bad' };
const OBSERVED: Record<Observed, string> = { RUNNING: 'good', STOPPING: 'warn', STOPPED: 'calm', NONE: 'warn' };

/** What somebody asked for. */
export function Desired({ status }: { status: InstanceStatus }) {
  const text = useFrameText();
  return <span className={`state state-${DESIRED[status]}`}>{text.state[status]}</span>;
}

/** What its executor was last seen doing: another thing, so it looks like another thing. */
export function ObservedState({ observed }: { observed: Observed }) {
  const text = useFrameText();
  return <span className={`state state-hollow state-${OBSERVED[observed]}`}>{text.state[observed]}</span>;
}

export function EnabledState({ enabled }: { enabled: boolean }) {
  const text = useFrameText();
  const said = enabled ? text.state.enabled : text.state.disabled;
  return <span className={`state state-${enabled ? 'good' : 'calm'}`}>{said}</span>;
}

/** Desired and observed disagree for longer than a moment: somebody should look. */
export function diverges(status: InstanceStatus, observed: Observed): boolean {
  return status === 'RUNNING' ? observed !== 'RUNNING' : observed === 'RUNNING';
}
