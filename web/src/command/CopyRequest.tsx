/** The command of a form as a request, without giving it: for scripts, and for those who want to see what is sent. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { GRAPHQL_PATH } from '../graphql/client';
import { useText } from '../text/text';
import { requestTexts, type Request, type RequestForm } from './request-text';

interface CopyRequestProps {
  /** Answers what the form would send now, in its order. */
  read: () => Request | readonly Request[] | undefined;
}

export function CopyRequest({ read }: CopyRequestProps) {
  const { command: says } = useText();
  const [shown, setShown] = useState<{ text: string; count: number; copied: boolean } | undefined>();
  const copy = async (form: RequestForm) => {
    const requests = [read() ?? []].flat();
    if (requests.length === 0) return;
    const text = requestTexts(form, requests, location.origin + GRAPHQL_PATH);
    // Without TLS a browser keeps the clipboard to itself: then the text is there to be selected
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    setShown({ text, count: requests.length, copied: copied ?? false });
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
      {shown !== undefined && shown.count > 1 ? <p className="hint">{says.inParts(shown.count)}</p> : null}
      {shown === undefined ? null : (
        <pre className="payload" tabIndex={0} aria-label={says.request}>
          {shown.text}
        </pre>
      )}
    </div>
  );
}
