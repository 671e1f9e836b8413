/** The states before there is something to show, the same on every page. */
import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { useFrameText } from '../text/frame-text';

interface LoadedProps<T> {
  data: T | undefined | null;
  fetching: boolean;
  error: CombinedError | undefined;
  retry: () => void;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ data, fetching, error, retry, children }: LoadedProps<T>) {
  const text = useFrameText();
  useRetryWhileUnreachable(error, fetching, retry);
  // What somebody may no longer see is not shown because they once saw it
  if (data !== undefined && data !== null && (error === undefined || missingPermission(error) === undefined)) {
    return (
      <>
        {error === undefined ? null : <Failed error={error} retry={retry} isKept />}
        {children(data)}
      </>
    );
  }
  if (error !== undefined) return <Failed error={error} retry={retry} />;
  if (!fetching) return null;
  return (
    <Stack aria-busy="true" aria-label={text.app.loading}>
      <Skeleton height={28} width="40%" />
      <Skeleton height={120} />
      <Skeleton height={120} />
    </Stack>
  );
}

interface FailedProps {
  error: CombinedError;
  retry: () => void;
  /** Something is shown all the same: how it was when it was last heard of. */
  isKept?: boolean;
}

function Failed({ error, retry, isKept = false }: FailedProps) {
  const text = useFrameText();
  const permission = missingPermission(error);
  if (permission !== undefined) {
    return (
      <Alert color="gray" variant="outline" title={text.load.forbidden}>
        {text.load.forbiddenAbout(permission)}
      </Alert>
    );
  }
  return (
    <Alert color={isKept ? 'warn' : 'red'} variant="outline" role="alert" title={isKept ? text.load.kept : text.load.failed}>
      <Stack align="flex-start" gap="xs">
        <Text size="sm">{error.networkError ? text.load.offline : error.graphQLErrors.map(({ message }) => message).join(' ')}</Text>
        <Button variant="default" size="sm" onClick={retry}>
          {text.load.retry}
        </Button>
      </Stack>
    </Alert>
  );
}

const RETRY_EVERY_MS = 3_000;

/** A server that restarts is back in seconds: nobody should have to press a button. */
function useRetryWhileUnreachable(error: CombinedError | undefined, fetching: boolean, retry: () => void): void {
  const unreachable = error?.networkError !== undefined && !fetching;
  const latest = useRef(retry);
  latest.current = retry;
  useEffect(() => {
    if (!unreachable) return;
    const timer = setTimeout(() => latest.current(), RETRY_EVERY_MS);
    return () => clearTimeout(timer);
  }, [unreachable]);
}

function missingPermission(error: CombinedError): string | undefined {
  const refused = error.graphQLErrors.find(({ extensions }) => extensions['code'] === 'FORBIDDEN');
  return refused === undefined ? undefined : String(refused.extensions['permission'] ?? refused.message);
}
