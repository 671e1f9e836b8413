import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { JsonValue } from '../json/value';
import type { Violation } from '../validation/violation';

export interface JsonEditorProps {
  value: string;
  label: string;
  onChange?: (text: string) => void;
  readOnly?: boolean;
  check?: (value: JsonValue) => Violation[];
  sentence?: (violation: Violation) => string;
}

const CodeEditor = lazy(() => import('./CodeEditor'));
const CodeDiff = lazy(() => import('./CodeDiff'));

export function JsonEditor(props: JsonEditorProps) {
  return (
    <Suspense fallback={<Skeleton height={160} />}>
      <CodeEditor {...props} />
    </Suspense>
  );
}

interface JsonDiffProps {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
}

/** Two texts side by side, what is the same folded away. */
export function JsonDiff(props: JsonDiffProps) {
  return (
    <Suspense fallback={<Skeleton height={160} />}>
      <CodeDiff {...props} />
    </Suspense>
  );
}
