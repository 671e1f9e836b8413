/** Reading one's own writes: lists ask for at least the position of the last command given here. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { laterOf, type Position } from './position';

interface OwnWrites {
  minPosition: Position | null;
  wrote: (position: Position) => void;
}

const OwnWritesContext = createContext<OwnWrites>({ minPosition: null, wrote: () => undefined });

export function OwnWritesProvider({ children }: { children: ReactNode }) {
  const [minPosition, setMinPosition] = useState<Position | null>(null);
  const wrote = useCallback((position: Position) => {
    setMinPosition((before) => laterOf(before ?? undefined, position) ?? null);
  }, []);
  const value = useMemo(() => ({ minPosition, wrote }), [minPosition, wrote]);
  return <OwnWritesContext.Provider value={value}>{children}</OwnWritesContext.Provider>;
}

export function useOwnWrites(): OwnWrites {
  return useContext(OwnWritesContext);
}
