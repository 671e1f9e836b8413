/** The action, and whatever it opens. The form is loaded when somebody asks for it. */
import { lazy, Suspense, useState } from 'react';
import { ActionButton } from '../../../command/ActionButton';
import { useText } from '../../../text/text';
import type { Instance } from '../instance';
import { OtherVersionDialog } from '../OtherVersionDialog';

const ReconfigureDialog = lazy(() => import('./ReconfigureDialog'));

export function ChangeWhileRunning({ instance, past }: { instance: Instance; past: boolean }) {
  const { reconfigure: says } = useText();
  const [open, setOpen] = useState<'change' | 'version' | undefined>();
  const close = () => setOpen(undefined);
  return (
    <>
      <ActionButton permission="instances:restart" past={past} variant="default" onClick={() => setOpen('change')}>
        {says.action}
      </ActionButton>
      {open === 'change' ? (
        <Suspense>
          <ReconfigureDialog instance={instance} onOtherVersion={() => setOpen('version')} onClose={close} />
        </Suspense>
      ) : null}
      {open === 'version' ? <OtherVersionDialog instance={instance} onClose={close} /> : null}
    </>
  );
}
