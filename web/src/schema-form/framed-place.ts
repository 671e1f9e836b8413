/** The place that is framed around whatever is drawn here. A chosen alternative has the place of the choice: what is said of it is said once. */
import { createContext, useContext } from 'react';

const Framed = createContext<string | undefined>(undefined);

export const FramedPlace = Framed.Provider;

export function useIsFramed(id: string): boolean {
  return useContext(Framed) === id;
}
