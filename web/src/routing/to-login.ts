/** Where everybody goes whose session has ended, however that was noticed; and back to where they were. */
import type { AnyRouter } from '@tanstack/react-router';

export function toLogin(router: AnyRouter): void {
  if (location.pathname === '/login') return;
  void router.navigate({ to: '/login', search: { expired: true, to: location.pathname + location.search } });
}
