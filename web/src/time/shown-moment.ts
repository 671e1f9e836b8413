/** The moment that a page shows. What goes on lasts until then: in the past that is not now. */
import { createContext, useContext } from 'react';
import { useNow } from './now';

/** Null is now; nothing is a moment of the past whose time is not known yet. */
export const ShownMomentContext = createContext<Date | null | undefined>(null);

export function useShownMoment(): Date | undefined {
  const past = useContext(ShownMomentContext);
  const now = useNow();
  return past === null ? now : past;
}
