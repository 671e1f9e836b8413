import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import * as session from '../../session/ended';
import { InEnglish } from '../../text/InEnglish';
import SignInAgain from './SignInAgain';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Whoever has the password signs in as `name`; a name that is nobody's is a cookie that was not kept. */
function open(name: string | undefined, isSignedIn = false) {
  let signedIn = isSignedIn;
  const answer = (_: string, init?: RequestInit) => {
    if (init?.method === 'POST') {
      signedIn = true;
      return new Response(null, { status: 204 });
    }
    return signedIn && name !== undefined ? new Response(JSON.stringify({ name })) : new Response(null, { status: 401 });
  };
  vi.stubGlobal('fetch', vi.fn(async (path: string, init?: RequestInit) => answer(path, init)));
  const onOther = vi.fn();
  const isBack = vi.spyOn(session, 'isBack').mockReturnValue();
  const replace = vi.spyOn(location, 'replace').mockReturnValue();
  render(
    <MantineProvider env="test">
      <SignInAgain name="ana" onOther={onOther} />
    </MantineProvider>,
    { wrapper: InEnglish },
  );
  return { onOther, isBack, replace };
}

function signIn() {
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'secret' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

it('lets the same person go on', async () => {
  const { onOther, isBack } = open('ana');
  expect(screen.getByLabelText<HTMLInputElement>('User name').value).toBe('ana');
  expect(isBack).not.toHaveBeenCalled();
  signIn();
  await vi.waitFor(() => expect(isBack).toHaveBeenCalledOnce());
  expect(onOther).not.toHaveBeenCalled();
});

it('lets them go on who signed in on another page', async () => {
  const { isBack } = open('ana', true);
  await vi.waitFor(() => expect(isBack).toHaveBeenCalledOnce());
});

it('leaves nothing of hers to somebody else', async () => {
  const { onOther, isBack, replace } = open('ben');
  signIn();
  await vi.waitFor(() => expect(replace).toHaveBeenCalledExactlyOnceWith('/'));
  expect(onOther).toHaveBeenCalledOnce();
  expect(isBack).not.toHaveBeenCalled();
});

it('says so where the sign-in did not last', async () => {
  const { isBack } = open(undefined);
  signIn();
  await screen.findByText('The server could not sign you in.');
  expect(isBack).not.toHaveBeenCalled();
});
