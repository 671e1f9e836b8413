/**
 * The sign-in over a page whose session has ended. A dialog of the browser's own: it stands above dialogs that are open
 * there, takes the focus and gives it back, and leaves nothing else to click or to read out.
 */
import { Text, Title } from '@mantine/core';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { isBack } from '../../session/ended';
import { nameInSession } from '../../session/session';
import { useFrameText } from '../../text/frame-text';
import { useText } from '../../text/text';
import { SignInForm } from './SignInForm';

interface SignInAgainProps {
  /** Whose page it is, as far as it got to know. */
  name: string | undefined;
  /** Takes away what is theirs: somebody else has signed in. */
  onOther: () => void;
}

export default function SignInAgain({ name, onOther }: SignInAgainProps) {
  const { login: says } = useFrameText();
  const { session } = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState(false);

  const look = async () => {
    const found = await nameInSession().catch(() => undefined);
    if (found === undefined) return false;
    if (found === name || name === undefined) {
      isBack();
    } else {
      // With the page goes what would ask before it is left; its address may hold what was typed, too
      flushSync(onOther);
      location.replace('/');
    }
    return true;
  };
  const latest = useRef(look);
  latest.current = look;

  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLInputElement>('[type="password"]')?.focus();
    return () => shown?.close();
  }, []);
  // Whoever signs in on another page of this browser need not do it here as well
  useEffect(() => {
    const again = () => void latest.current();
    again();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, []);

  return (
    <dialog ref={dialog} className="card sign-in" closedby="none" aria-labelledby={`${id}-title`} aria-describedby={`${id}-about`}>
      <SignInForm name={name} onSignedIn={() => void look().then((known) => setFailed(!known))}>
        <div>
          <Title order={2} size="h3" id={`${id}-title`}>
            {session.ended}
          </Title>
          <Text c="dimmed" id={`${id}-about`}>
            {session.kept}
          </Text>
          {failed ? (
            <p className="hint-refused" role="alert">
              {says.failed}
            </p>
          ) : null}
        </div>
      </SignInForm>
    </dialog>
  );
}
