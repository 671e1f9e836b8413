/** For whatever can be typed into: by the time its session ends, the page may be older than the server's files. */
import { useEffect } from 'react';

export function useSignInAtHand(): void {
  useEffect(() => {
    // Where this fails, it is asked for again once it is needed
    import('../pages/login/SignInAgain').catch(() => undefined);
  }, []);
}
