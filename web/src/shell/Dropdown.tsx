/**
 * A button in the header with a panel under it. Our own, because a positioning library for three panels in a corner
 * that never moves would be a sixth of what a first visit loads.
 */
import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';

interface DropdownProps {
  label: string;
  /** What the button shows; without it, the label. */
  face: ReactNode;
  children: ReactNode;
}

export function Dropdown({ label, face, children }: DropdownProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const leave = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);

  return (
    <div className="dropdown" ref={root}>
      <Button
        ref={button}
        variant="default"
        size="compact-md"
        fw={500}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {face}
      </Button>
      {open ? (
        <div className="dropdown-panel" id={id} role="dialog" aria-label={label}>
          {children}
        </div>
      ) : null}
    </div>
  );
}
