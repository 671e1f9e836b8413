/** How somebody likes to see things. Kept in this browser; nothing secret is ever stored there. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Language } from '../text/frame-text';
import type { TimeMode } from '../time/format';

export type Density = 'comfortable' | 'compact';

export interface Preferences {
  times: TimeMode;
  density: Density;
  language: Language;
}

const KEY = 'strategos.display';
const CHOICES = {
  times: ['utc', 'local', 'relative'],
  density: ['comfortable', 'compact'],
  language: ['en', 'zh'],
} as const;

export function readPreferences(stored: string | null, languages: readonly string[]): Preferences {
  const chinese = languages[0]?.toLowerCase().startsWith('zh') ?? false;
  const preferences: Preferences = { times: 'utc', density: 'comfortable', language: chinese ? 'zh' : 'en' };
  let saved: unknown;
  try {
    saved = JSON.parse(stored ?? '{}');
  } catch {
    return preferences;
  }
  if (typeof saved !== 'object' || saved === null) return preferences;
  const known = Object.entries(saved).filter(([name, value]) => {
    const choices: readonly unknown[] | undefined = CHOICES[name as keyof Preferences];
    return choices?.includes(value);
  });
  return { ...preferences, ...Object.fromEntries(known) };
}

interface Shared {
  preferences: Preferences;
  prefer: (change: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<Shared | null>(null);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(() => readPreferences(localStorage.getItem(KEY), navigator.languages));
  useEffect(() => localStorage.setItem(KEY, JSON.stringify(preferences)), [preferences]);
  const shared = useMemo<Shared>(
    () => ({ preferences, prefer: (change) => setPreferences((before) => ({ ...before, ...change })) }),
    [preferences],
  );
  return <PreferencesContext.Provider value={shared}>{children}</PreferencesContext.Provider>;
}

export function usePreferences(): Shared {
  const shared = useContext(PreferencesContext);
  if (shared === null) throw new Error('PreferencesProvider is missing');
  return shared;
}
