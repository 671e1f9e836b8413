/** Above every page while a guard holds anything. What it says is loaded when there is something to say. */
import { lazy, Suspense } from 'react';
import { useTripped } from './tripped';

const TrippedGuards = lazy(() => import('./TrippedGuards'));

export function GuardBanner() {
  const tripped = useTripped();
  if (tripped.length === 0) return null;
  return (
    <Suspense>
      <TrippedGuards tripped={tripped} />
    </Suspense>
  );
}
