import { Text, Title } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ownPath } from '../../routing/search';
import { useFrameText } from '../../text/frame-text';
import { SignInForm } from './SignInForm';

export function LoginPage() {
  const text = useFrameText();
  const { to } = useSearch({ from: '/login' });

  useEffect(() => {
    document.title = text.app.pageTitle(text.login.title);
  }, [text]);

  return (
    <main className="sign-in-page">
      <div className="card sign-in">
        {/* A fresh page: nothing of an earlier session stays in memory */}
        <SignInForm onSignedIn={() => location.assign(ownPath(to) ?? '/')}>
          <div>
            <Title order={1} size="h2">
              {text.app.name}
            </Title>
            <Text c="dimmed">{text.login.about}</Text>
          </div>
        </SignInForm>
      </div>
    </main>
  );
}
