/** Who may lose how much, how far it is from that, and what has tripped. */
import { Button, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Guard } from '../../guard/guards';
import { EMPTY_RULE } from '../../guard/rule-form';
import { useGuards } from '../../guard/use-guards';
import { useConnection } from '../../live/live';
import { Empty } from '../../page/Empty';
import { Loaded } from '../../page/Loaded';
import { Page } from '../../page/Page';
import { PageLink } from '../../routing/links';
import { useText } from '../../text/text';
import { useWhileVisible } from '../../time/while-visible';
import { GuardTable, type Ask } from './GuardTable';

const SetGuardDialog = lazy(() => import('../../guard/SetGuardDialog'));
const ResetGuardDialog = lazy(() => import('../../guard/ResetGuardDialog'));
const RemoveGuardDialog = lazy(() => import('../../guard/RemoveGuardDialog'));

/** What is measured has no event of its own. */
const MEASURED_EVERY_MS = 3_000;

type Open = { what: 'add' } | { what: Ask; guard: Guard };

export function GuardsPage() {
  const { guards: says } = useText();
  const { guards, fetching, error, again } = useGuards();
  const [open, setOpen] = useState<Open | undefined>();
  const { state } = useConnection();
  useWhileVisible(() => {
    if (!fetching && state.kind !== 'paused') again();
  }, MEASURED_EVERY_MS);
  const add = <Button onClick={() => setOpen({ what: 'add' })}>{says.add}</Button>;
  return (
    <Page title={says.title} actions={guards?.guards.length === 0 ? undefined : add}>
      <Text c="dimmed">{says.about}</Text>
      <Loaded data={guards} fetching={fetching} error={error} retry={again}>
        {({ guards: all }) =>
          all.length === 0 ? (
            <Empty title={says.none} about={says.noneAbout}>
              {add}
            </Empty>
          ) : (
            <GuardTable guards={all} onAsk={(what, guard) => setOpen({ what, guard })} />
          )
        }
      </Loaded>
      <PageLink to="/events" search={{ streamType: 'risk_guards' }} size="sm">
        {says.history}
      </PageLink>
      {open === undefined ? null : (
        <Suspense>
          <Asked open={open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}

function Asked({ open, onClose }: { open: Open; onClose: () => void }) {
  switch (open.what) {
    case 'add':
      return <SetGuardDialog of={{ beginning: EMPTY_RULE }} onClose={onClose} />;
    case 'change':
      return <SetGuardDialog of={{ guard: open.guard }} onClose={onClose} />;
    case 'reset':
      return <ResetGuardDialog guard={open.guard} onClose={onClose} />;
    case 'remove':
      return <RemoveGuardDialog guard={open.guard} onClose={onClose} />;
    default:
      return open satisfies never;
  }
}
