/** The frame around every page of somebody who is signed in. */
import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { usePreferences } from '../preferences/preferences';
import { useMe } from '../session/me';
import { useText } from '../text/text';
import { ConnectionBadge } from './ConnectionBadge';
import { DisplayMenu } from './DisplayMenu';
import { Navigation } from './Navigation';
import { UserMenu } from './UserMenu';

export function Shell() {
  const text = useText();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { preferences } = usePreferences();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // A new page begins at its top, for the keyboard and for screen readers too
  useEffect(() => {
    close();
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path, close]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
      className={`density-${preferences.density}`}
    >
      <a className="skip-link" href="#content">
        {text.app.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={text.app.menu} aria-expanded={opened} />
            <img src="/favicon.svg" alt="" width={26} height={26} />
            <Text fw={700} visibleFrom="xs">
              {text.app.name}
            </Text>
          </Group>
          <Group gap={6} wrap="nowrap">
            <ConnectionBadge />
            <DisplayMenu />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main>
        <TradingBanner />
        <main id="content" tabIndex={-1} ref={main} style={{ outline: 'none' }}>
          <Outlet />
        </main>
      </AppShell.Main>
    </AppShell>
  );
}

/** Always there, so that nobody ever has to wonder whether this is real money. */
function TradingBanner() {
  const text = useText();
  const { trading } = useMe().about;
  const live = trading === 'LIVE';
  return (
    <div className={`banner ${live ? 'banner-live' : 'banner-paper'}`} style={{ marginBottom: 16, borderRadius: 8 }}>
      {live ? text.app.live : text.app.paper}
    </div>
  );
}
