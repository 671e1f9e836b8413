import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { ownPath } from '../../routing/search';
import { signIn, type SignIn } from '../../session/session';
import { useText, type Text as Catalogue } from '../../text/text';

export function LoginPage() {
  const text = useText();
  const { to, expired } = useSearch({ from: '/login' });
  const [username, setUsername] = useState('admin');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
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
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={400}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack>
            <div>
              <Title order={1} size="h2">
                {text.app.name}
              </Title>
              <Text c="dimmed">{text.login.about}</Text>
            </div>
            {expired ? <Alert variant="outline">{text.login.expired}</Alert> : null}
            <TextInput
              label={text.login.username}
              description={text.login.usernameAbout}
              autoComplete="username"
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              label={text.login.password}
              autoComplete="current-password"
              autoFocus
              value={password}
              error={problem}
              onChange={(event) => {
                setPassword(event.currentTarget.value);
                setProblem(undefined);
              }}
            />
            <Button type="submit" loading={busy}>
              {text.login.submit}
            </Button>
            <Text size="sm" c="dimmed">
              {text.login.first}
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function said(outcome: Exclude<SignIn, { ok: true }>, text: Catalogue): string {
  if (outcome.why === 'locked') return text.login.locked(outcome.seconds);
  return outcome.why === 'wrong' ? text.login.wrong : text.login.failed;
}
