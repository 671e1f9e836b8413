/** The button and the shortcut of the palette; the palette itself comes when it is asked for. */
import { Button } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useFrameText } from '../text/frame-text';

const Palette = lazy(() => import('./Palette'));

export function Finder() {
  const text = useFrameText();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <Button variant="default" size="compact-md" fw={500} aria-keyshortcuts="Control+K Meta+K" title="Ctrl K" onClick={() => setOpen(true)}>
        {text.app.find}
      </Button>
      {open ? (
        <Suspense>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
