/** Every sentence the interface says comes from here, in the language somebody chose. */
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { en } from './en';

type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widened<T[K]> };

/** What every catalogue has: `en` decides the entries and what each is told. */
export type Text = Widened<typeof en>;

export type Language = 'en' | 'zh';

interface Spoken {
  text: Text;
  language: Language;
}

const TextContext = createContext<Spoken>({ text: en, language: 'en' });

export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [spoken, setSpoken] = useState<Spoken>({ text: en, language: 'en' });
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
async function catalogue(language: Language): Promise<Text> {
  return language === 'zh' ? (await import('./zh')).zh : en;
}

export function useText(): Text {
  return useContext(TextContext).text;
}

/** For `Intl`. */
export function useLocale(): string {
  return useContext(TextContext).language;
}
