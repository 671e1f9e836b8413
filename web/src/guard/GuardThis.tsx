/** Sets a guard on what somebody looks at. The form is loaded when it is asked for. */
import { Button } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { RuleForm } from './rule-form';

const SetGuardDialog = lazy(() => import('./SetGuardDialog'));

export function GuardThis({ beginning, children }: { beginning: RuleForm; children: ReactNode }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {children}
      </Button>
      {asking ? (
        <Suspense>
          <SetGuardDialog of={{ beginning }} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
