/** Changing what runs: what the run's version lets change, or why it lets nothing change. */
import { Alert, Modal, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { failureSaid } from '../../../command/failure';
import { laterOf } from '../../../live/position';
import { useOwnWrites } from '../../../live/own-writes';
import { useText } from '../../../text/text';
import type { Instance } from '../instance';
import { ChangeForm } from './ChangeForm';
import { NothingMayChange } from './NothingMayChange';
import { reconfigureFormDocument } from './reconfigure';
import { updatablePart } from './updatable';

interface ReconfigureDialogProps {
  /** As it is now; what is edited is what was read when the dialog was opened. */
  instance: Instance;
  onOtherVersion: () => void;
  onClose: () => void;
}

export default function ReconfigureDialog({ instance, onOtherVersion, onClose }: ReconfigureDialogProps) {
  const text = useText();
  const says = text.reconfigure;
  const own = useOwnWrites().minPosition;
  // What is edited must not change under somebody's hands, whatever becomes of the run
  const [asked, setAsked] = useState(() => ({ of: instance, minPosition: laterOf(own ?? undefined, instance.lastPosition) ?? null }));
  const { minPosition } = asked;
  const { key, definitionKey, definitionVersion } = asked.of;
  const [{ data, error }, ask] = useQuery({
    query: reconfigureFormDocument,
    variables: { key, definition: definitionKey ?? '', version: definitionVersion ?? '', minPosition },
    requestPolicy: 'network-only',
    pause: definitionKey === null || definitionVersion === null,
  });
  const version = data?.definition?.version ?? undefined;
  const part = version && updatablePart(version.configSchema);
  if (data?.instance && version && part) {
    return (
      <ChangeForm
        running={data.instance}
        version={version}
        part={part}
        latest={instance}
        onLatest={(position) => {
          setAsked({ of: instance, minPosition: laterOf(position, instance.lastPosition) ?? null });
          ask({ requestPolicy: 'network-only' });
        }}
        onClose={onClose}
      />
    );
  }
  const unknown = definitionKey === null || definitionVersion === null || (data !== undefined && version === undefined);
  return (
    <Modal opened onClose={onClose} title={says.title(key)} size="lg" closeButtonProps={{ 'aria-label': text.app.close }}>
      {error !== undefined ? (
        <Alert color="red" variant="outline" role="alert">
          {failureSaid(error, text.command.unanswered)}
        </Alert>
      ) : data === undefined && !unknown ? (
        <Skeleton height={140} aria-label={says.loading} />
      ) : (
        <NothingMayChange instance={instance} why={unknown ? says.unknown : says.none(definitionVersion ?? '')} onOtherVersion={onOtherVersion} />
      )}
    </Modal>
  );
}
