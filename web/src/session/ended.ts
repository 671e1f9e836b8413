/** A session that has ended under a page: what is on screen stays, and whatever asks waits until the same person is back. */
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let back: Promise<void> | undefined;
let goOn = () => {};

/** However it was noticed. Resolves once the same person has signed in again. */
export function sessionEnded(): Promise<void> {
  back ??= new Promise((resolve) => {
    goOn = () => {
      back = undefined;
      resolve();
      tell();
    };
  });
  tell();
  return back;
}

export function isBack(): void {
  goOn();
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore(subscribe, () => back !== undefined);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

// Before any dialog listens: the keys are for the sign-in, and Escape would close what stands open beneath it
window.addEventListener(
  'keydown',
  (event) => {
    if (back === undefined) return;
    event.stopImmediatePropagation();
    if (event.key === 'Escape') event.preventDefault();
  },
  true,
);
