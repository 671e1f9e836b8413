/** The language somebody chose, and what the sign-in, the frame and the overview say in it: the first visit loads no more words. */
import { createContext, startTransition, useContext, useEffect, useState, type ReactNode } from 'react';
import { frame } from './frame';

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

const TextContext = createContext<Spoken>({ text: frame, language: 'en' });

export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [spoken, setSpoken] = useState<Spoken>({ text: frame, language: 'en' });
  useEffect(() => {
    let current = true;
    void catalogue(language).then((text) => {
      // What is on screen stays until its page has the rest of the language, too
      if (current) startTransition(() => setSpoken({ text, language }));
    });
    return () => {
      current = false;
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken.language]);
  return <TextContext.Provider value={spoken}>{children}</TextContext.Provider>;
}

/** English is always there; another language is loaded when it is asked for. */
async function catalogue(language: Language): Promise<FrameText> {
  return language === 'zh' ? (await import('./frame.zh')).frame : frame;
}

/** For the sign-in, the frame and the overview; every other page has `useText`. */
export function useFrameText(): FrameText {
  return useContext(TextContext).text;
}

/** For `Intl`. */
export function useLocale(): string {
  return useContext(TextContext).language;
}
