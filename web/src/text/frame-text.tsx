/** The language somebody chose, and what the frame and the overview say in it: the first visit loads no more words. */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
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
      if (!current) return;
      document.documentElement.lang = language;
      setSpoken({ text, language });
    });
    return () => {
      current = false;
    };
  }, [language]);
  return <TextContext.Provider value={spoken}>{children}</TextContext.Provider>;
}

/** English is always there; another language is loaded when it is asked for. */
async function catalogue(language: Language): Promise<FrameText> {
  return language === 'zh' ? (await import('./zh')).zh : frame;
}

/** For the frame and the overview; every other page has `useText`. */
export function useFrameText(): FrameText {
  return useContext(TextContext).text;
}

/** For `Intl`. */
export function useLocale(): string {
  return useContext(TextContext).language;
}
