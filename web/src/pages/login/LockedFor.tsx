/** How long nobody is let in, counted down where it is read; told once to those who hear it. */
import { useState } from 'react';
import { useFrameText } from '../../text/frame-text';
import { useNow } from '../../time/now';

export function LockedFor({ seconds }: { seconds: number }) {
  const { login: says } = useFrameText();
  const [until] = useState(() => Date.now() + seconds * 1000);
  const left = Math.min(seconds, Math.ceil((until - useNow().getTime()) / 1000));
  return (
    <>
      <span className="visually-hidden">{says.locked(seconds)}</span>
      <span aria-hidden="true">{left > 0 ? says.locked(left) : says.again}</span>
    </>
  );
}
