/** The language somebody chose, and what the sign-in, the frame and the overview say in it: the first visit loads no more words. */
import { createContext, startTransition, useContext, useEffect, useState, type ReactNode } from 'react';
import type { frame } from './frame.en';

export type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widened<T[K]> };

export type FrameText = Widened<typeof frame>;

export type Language = 'en' | 'zh';

interface Spoken {
  text: FrameText;
  language: Language;
}

export const TextContext = createContext<Spoken | null>(null);

/** Shows nothing until the words are there, then never less: what is on screen stays until another language is loaded. */
export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [spoken, setSpoken] = useState<Spoken | null>(null);
  useEffect(() => {
    let current = true;
    void CATALOGUES[language]().then((text) => {
      // Its page may have to load the rest of the language, too
      if (current) startTransition(() => setSpoken({ text, language }));
    });
    return () => {
      current = false;
    };
  }, [language]);
  useEffect(() => {
    if (spoken !== null) document.documentElement.lang = spoken.language;
  }, [spoken]);
  return spoken === null ? null : <TextContext.Provider value={spoken}>{children}</TextContext.Provider>;
}

/** Nobody loads the words of a language that is not read. */
const CATALOGUES: Record<Language, () => Promise<FrameText>> = {
  en: async () => (await import('./frame.en')).frame,
  zh: async () => (await import('./frame.zh')).frame,
};

function useSpoken(): Spoken {
  const spoken = useContext(TextContext);
  if (spoken === null) throw new Error('TextProvider is missing');
  return spoken;
}

/** For the sign-in, the frame and the overview; every other page has `useText`. */
export function useFrameText(): FrameText {
  return useSpoken().text;
}

/** For `Intl`. */
export function useLocale(): string {
  return useSpoken().language;
}
