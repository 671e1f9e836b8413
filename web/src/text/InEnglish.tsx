/** The words at once, for tests: they have nothing to load. */
import type { ReactNode } from 'react';
import { frame } from './frame.en';
import { TextContext } from './frame-text';

export function InEnglish({ children }: { children: ReactNode }) {
  return <TextContext.Provider value={{ text: frame, language: 'en' }}>{children}</TextContext.Provider>;
}
