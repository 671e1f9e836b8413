import { useEffect, useState } from 'react';

/** A dialog is taken away rather than closed, so the focus is brought back here to where it was. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the dialog has let go of the focus
      setTimeout(() => (before instanceof HTMLElement ? before.focus() : undefined));
    },
    [before],
  );
}
