/** Made of plain controls: whoever only signs in loads no control that a page after it needs. */
import { Button } from '@mantine/core';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { signIn, type SignIn } from '../../session/session';
import { useFrameText, type FrameText } from '../../text/frame-text';
import { LockedFor } from './LockedFor';
import { PasswordField } from './PasswordField';

interface SignInFormProps {
  /** Above the fields. */
  children: ReactNode;
  name?: string | undefined;
  onSignedIn: () => void;
}

export function SignInForm({ children, name = 'admin', onSignedIn }: SignInFormProps) {
  const text = useFrameText();
  const id = useId();
  const [username, setUsername] = useState(name);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<ReactNode>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === '') {
      setProblem(text.login.missing);
      return;
    }
    setBusy(true);
    const outcome = await signIn(username, password).catch((): SignIn => ({ ok: false, why: 'failed' }));
    setBusy(false);
    if (outcome.ok) onSignedIn();
    else setProblem(said(outcome, text));
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {children}
      <div>
        <label htmlFor={`${id}-name`}>{text.login.username}</label>
        <p className="hint" id={`${id}-about`}>
          {text.login.usernameAbout}
        </p>
        <input
          id={`${id}-name`}
          className="control"
          aria-describedby={`${id}-about`}
          autoComplete="username"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
      </div>
      <PasswordField
        value={password}
        problem={problem}
        onChange={(typed) => {
          setPassword(typed);
          setProblem(undefined);
        }}
      />
      <Button type="submit" loading={busy}>
        {text.login.submit}
      </Button>
      <p className="hint">{text.login.first}</p>
    </form>
  );
}

function said(outcome: Exclude<SignIn, { ok: true }>, text: FrameText): ReactNode {
  if (outcome.why === 'locked') return <LockedFor key={Date.now()} seconds={outcome.seconds} />;
  return outcome.why === 'wrong' ? text.login.wrong : text.login.failed;
}
