/** Made of plain controls: whoever only signs in loads no control that a page after it needs. */
import { Alert, Button, Text, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useId, useState, type FormEvent, type ReactNode } from 'react';
import { ownPath } from '../../routing/search';
import { signIn, type SignIn } from '../../session/session';
import { useFrameText, type FrameText } from '../../text/frame-text';
import { LockedFor } from './LockedFor';
import { PasswordField } from './PasswordField';

export function LoginPage() {
  const text = useFrameText();
  const id = useId();
  const { to, expired } = useSearch({ from: '/login' });
  const [username, setUsername] = useState('admin');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<ReactNode>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    document.title = text.app.pageTitle(text.login.title);
  }, [text]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === '') {
      setProblem(text.login.missing);
      return;
    }
    setBusy(true);
    const outcome = await signIn(username, password).catch((): SignIn => ({ ok: false, why: 'failed' }));
    setBusy(false);
    // A fresh page: nothing of an earlier session stays in memory
    if (outcome.ok) location.assign(ownPath(to) ?? '/');
    else setProblem(said(outcome, text));
  };

  return (
    <main className="sign-in-page">
      <div className="card sign-in">
        <form onSubmit={(event) => void submit(event)} noValidate>
          <div>
            <Title order={1} size="h2">
              {text.app.name}
            </Title>
            <Text c="dimmed">{text.login.about}</Text>
          </div>
          {expired ? <Alert variant="outline">{text.login.expired}</Alert> : null}
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
      </div>
    </main>
  );
}

function said(outcome: Exclude<SignIn, { ok: true }>, text: FrameText): ReactNode {
  if (outcome.why === 'locked') return <LockedFor key={Date.now()} seconds={outcome.seconds} />;
  return outcome.why === 'wrong' ? text.login.wrong : text.login.failed;
}
