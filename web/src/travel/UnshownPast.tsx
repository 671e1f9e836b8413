/** The page of a moment that has nothing to show: still the past, or no moment at all, and never without a way back to now. */
import { Button, Group, Text } from '@mantine/core';
import type { CombinedError } from 'urql';
import { Empty } from '../page/Empty';
import { Page } from '../page/Page';
import { useText } from '../text/text';
import { isUnreadable, readAsOf } from './as-of';
import type { Thing } from './own-events';
import { MomentField } from './MomentField';
import { PastBanner } from './TimeTravel';

interface Answer {
  /** It did not exist then. */
  isMissing: boolean;
  error: CombinedError | undefined;
}

/** Beyond the end of the log, before the thing itself, or no moment. A server that does not answer is asked again as ever. */
export function isUnshown(asOf: string | undefined, { isMissing, error }: Answer): asOf is string {
  return asOf !== undefined && (isUnreadable(asOf) || isMissing || (error !== undefined && error.graphQLErrors.length > 0));
}

interface UnshownPastProps extends Answer {
  title: string;
  thing: Thing;
  /** As the address has it. */
  asOf: string;
  onTravel: (asOf: string | undefined) => void;
  retry: () => void;
}

export function UnshownPast({ title, thing, asOf, isMissing, error, onTravel, retry }: UnshownPastProps) {
  const { load, travel: says } = useText();
  const failed = error?.graphQLErrors ?? [];
  const why = isUnreadable(asOf) ? says.invalid : isMissing ? says.empty : failed.map(({ message }) => message).join(' ');
  // A moment that the log does not have is there no sooner for asking again; what is still being read is
  const mayCome = !isMissing && failed.some(({ extensions }) => extensions['code'] !== 'BAD_USER_INPUT');
  return (
    <Page title={title}>
      <Banner thing={thing} asOf={asOf} onTravel={onTravel} />
      <Empty title={why}>
        {mayCome ? (
          <Button variant="default" onClick={retry}>
            {load.retry}
          </Button>
        ) : null}
      </Empty>
    </Page>
  );
}

function Banner({ thing, asOf, onTravel }: Pick<UnshownPastProps, 'thing' | 'asOf' | 'onTravel'>) {
  const { travel: says } = useText();
  const at = readAsOf(asOf);
  if (at !== undefined && 'position' in at) return <PastBanner thing={thing} position={at.position} onTravel={onTravel} />;
  return (
    <div className="banner banner-past" role="alert">
      <Group gap="sm">
        <Text fw={700}>{at === undefined ? says.noMoment(asOf) : says.bannerAt(at.time)}</Text>
        <Button size="compact-sm" onClick={() => onTravel(undefined)}>
          {says.now}
        </Button>
        <MomentField onTravel={onTravel} />
      </Group>
    </div>
  );
}
