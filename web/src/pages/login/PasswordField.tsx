import { Button } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { useFrameText } from '../../text/frame-text';

interface PasswordFieldProps {
  value: string;
  problem: ReactNode | undefined;
  onChange: (typed: string) => void;
}

export function PasswordField({ value, problem, onChange }: PasswordFieldProps) {
  const { login: says } = useFrameText();
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div>
      <label htmlFor={id}>{says.password}</label>
      <div className="with-toggle">
        <input
          id={id}
          className="control"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          autoFocus
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <Button variant="default" aria-label={shown ? says.hide : says.show} title={shown ? says.hide : says.show} onClick={() => setShown(!shown)}>
          <span aria-hidden="true">{shown ? '◉' : '◎'}</span>
        </Button>
      </div>
      {problem === undefined ? null : (
        <p className="hint-refused" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
