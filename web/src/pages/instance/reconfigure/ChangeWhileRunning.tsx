/** The action, while it runs, and whatever it opens, which stays when the run ends. The form is loaded when somebody asks for it. */
import { lazy, Suspense, useState } from 'react';
import { ActionButton } from '../../../command/ActionButton';
import { useFocusBack } from '../../../command/use-focus-back';
import { useText } from '../../../text/text';
import type { Instance } from '../instance';
import { OtherVersionDialog } from '../OtherVersionDialog';

const ReconfigureDialog = lazy(() => import('./ReconfigureDialog'));

export function ChangeWhileRunning({ instance, past }: { instance: Instance; past: boolean }) {
  const { reconfigure: says } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      {instance.status === 'RUNNING' ? (
        <ActionButton permission="instances:restart" past={past} variant="default" onClick={() => setOpen(true)}>
          {says.action}
        </ActionButton>
      ) : null}
      {open ? <Dialogs instance={instance} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** One leads to the other; from either the focus goes back to the action. */
function Dialogs({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const [elsewhere, setElsewhere] = useState(false);
  useFocusBack();
  if (elsewhere) return <OtherVersionDialog instance={instance} onClose={onClose} />;
  return (
    <Suspense>
      <ReconfigureDialog instance={instance} onOtherVersion={() => setElsewhere(true)} onClose={onClose} />
    </Suspense>
  );
}
