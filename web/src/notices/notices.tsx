/** Short messages in the corner, read out by screen readers; what went wrong stays until it is closed. */
import { Button, CloseButton, Group, Text } from '@mantine/core';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { useFrameText } from '../text/frame-text';

export interface Notice {
  tone: 'good' | 'calm' | 'bad';
  said: string;
  about?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

interface Shown extends Notice {
  id: number;
}

interface Notices {
  /** Answers how to replace it. */
  tell: (notice: Notice) => (next: Notice) => void;
}

const NoticesContext = createContext<Notices | null>(null);
const STAYS_MS = 8_000;
let lastId = 0;

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const text = useFrameText();
  const close = useCallback((id: number) => setShown((all) => all.filter((one) => one.id !== id)), []);
  const tell = useCallback(
    (notice: Notice) => {
      const id = (lastId += 1);
      const put = (next: Notice) => {
        setShown((all) => [...all.filter((one) => one.id !== id), { ...next, id }].slice(-4));
        if (next.tone === 'good') setTimeout(() => close(id), STAYS_MS);
      };
      put(notice);
      return put;
    },
    [close],
  );
  const notices = useMemo(() => ({ tell }), [tell]);
  return (
    <NoticesContext.Provider value={notices}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {shown.map((notice) => (
          <div key={notice.id} className="card notice">
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <div>
                <span className={`state state-${notice.tone}`} />
                <Text span size="sm" ms={6}>
                  {notice.said}
                </Text>
                {notice.about === undefined ? null : (
                  <Text size="sm" c="dimmed">
                    {notice.about}
                  </Text>
                )}
                {notice.action === undefined ? null : (
                  <Button size="compact-sm" variant="subtle" onClick={notice.action.run}>
                    {notice.action.label}
                  </Button>
                )}
              </div>
              <CloseButton aria-label={text.app.close} onClick={() => close(notice.id)} />
            </Group>
          </div>
        ))}
      </div>
    </NoticesContext.Provider>
  );
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error('NoticesProvider is missing');
  return notices;
}
