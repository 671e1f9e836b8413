/** The command of a form as a request, without giving it: for scripts, and for those who want to see what is sent. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { GRAPHQL_PATH } from '../graphql/client';
import { useText } from '../text/text';
import { requestText, type Request, type RequestForm } from './request-text';

interface CopyRequestProps {
  /** Answers what the form would send now. */
  read: () => Request | undefined;
}

export function CopyRequest({ read }: CopyRequestProps) {
  const { command: says } = useText();
  const [shown, setShown] = useState<{ text: string; copied: boolean } | undefined>();
  const copy = async (form: RequestForm) => {
    const request = read();
    if (request === undefined) return;
    const text = requestText(form, request, location.origin + GRAPHQL_PATH);
    // Without TLS a browser keeps the clipboard to itself: then the text is there to be selected
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    setShown({ text, copied: copied ?? false });
  };
  return (
    <div>
      <Group gap="xs">
        <Button variant="subtle" size="compact-sm" onClick={() => void copy('curl')}>
          {says.copyCurl}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => void copy('graphql')}>
          {says.copyGraphql}
        </Button>
        <span role="status">{shown === undefined ? '' : shown.copied ? says.copied : says.notCopied}</span>
      </Group>
      {shown === undefined ? null : (
        <pre className="payload" tabIndex={0} aria-label={says.request}>
          {shown.text}
        </pre>
      )}
    </div>
  );
}
