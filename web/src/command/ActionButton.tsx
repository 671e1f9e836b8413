/** A button for a command. Where somebody may not give it, it says what is missing instead of disappearing. */
import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useMay } from '../session/me';
import type { Permission } from '../session/permissions';
import { useText } from '../text/text';

interface ActionButtonProps extends ButtonProps {
  permission: Permission;
  /** The page shows the past. */
  past?: boolean;
  title?: string | undefined;
  onClick: () => void;
  children: ReactNode;
}

export function ActionButton({ permission, past = false, onClick, children, ...button }: ActionButtonProps) {
  const text = useText();
  const allowed = useMay(permission);
  const id = useId();
  const why = past ? text.command.past : allowed ? undefined : text.command.needs(permission);
  if (why === undefined) {
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    );
  }
  // Still reachable by keyboard, so that the reason is too
  return (
    <Tooltip label={why}>
      <Button {...button} data-disabled aria-disabled aria-describedby={id} onClick={(event) => event.preventDefault()}>
        {children}
        <span id={id} hidden>
          {why}
        </span>
      </Button>
    </Tooltip>
  );
}
