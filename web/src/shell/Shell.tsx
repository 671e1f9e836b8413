/** The frame around every page of somebody who is signed in. */
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { GuardBanner } from '../guard/GuardBanner';
import { TradingBanner } from '../halt/TradingBanner';
import { usePreferences } from '../preferences/preferences';
import { useFrameText } from '../text/frame-text';
import { ConnectionBadge } from './ConnectionBadge';
import { DisplayMenu } from './DisplayMenu';
import { Finder } from './Finder';
import { Navigation } from './Navigation';
import { UserMenu } from './UserMenu';

export function Shell() {
  const text = useFrameText();
  const [opened, setOpened] = useState(false);
  const { preferences } = usePreferences();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // A new page begins at its top, for the keyboard and for screen readers too
  useEffect(() => {
    setOpened(false);
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);

  return (
    <div className={`frame density-${preferences.density}`}>
      <a className="skip-link" href="#content">
        {text.app.skip}
      </a>
      <header className="frame-header">
        <div className="frame-brand">
          <button
            type="button"
            className="menu-button"
            onClick={() => setOpened(!opened)}
            aria-label={text.app.menu}
            aria-expanded={opened}
            aria-controls="navigation"
          >
            <span aria-hidden="true">{opened ? '✕' : '☰'}</span>
          </button>
          <img src="/favicon.svg" alt="" width={26} height={26} />
          <b className="frame-name">{text.app.name}</b>
        </div>
        <div className="frame-brand">
          <Finder />
          <ConnectionBadge />
          <DisplayMenu />
          <UserMenu />
        </div>
      </header>
      <nav id="navigation" className="frame-nav" data-open={opened} aria-label={text.app.navigation}>
        <Navigation />
      </nav>
      <main id="content" className="frame-main" tabIndex={-1} ref={main}>
        <TradingBanner />
        <GuardBanner />
        <Outlet />
      </main>
    </div>
  );
}
