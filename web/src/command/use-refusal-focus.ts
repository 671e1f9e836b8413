/**
 * Brings whoever was refused to what is said about it. The button that was pressed lets go of the focus while it waits,
 * and what is said may stand far above it.
 */
import { useEffect, useRef, type RefObject } from 'react';
import type { UserError } from './user-error';

const SIGNS = '[data-refusal], [aria-invalid="true"]';

/** `place` holds the form: the first sign in it is where to go. */
export function useRefusalFocus<Place extends HTMLElement = HTMLDivElement>(errors: readonly UserError[], failure: string | undefined): RefObject<Place | null> {
  const place = useRef<Place>(null);
  useEffect(() => {
    if (errors.length === 0 && failure === undefined) return;
    const sign = place.current?.querySelector<HTMLElement>(SIGNS);
    sign?.focus({ preventScroll: true });
    sign?.scrollIntoView({ block: 'center' });
  }, [errors, failure]);
  return place;
}
