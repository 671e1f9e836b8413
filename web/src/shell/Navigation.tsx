import { Link } from '@tanstack/react-router';
import { useFrameText } from '../text/frame-text';

export const PAGES = [
  { to: '/', name: 'overview', exact: true },
  { to: '/definitions', name: 'definitions' },
  { to: '/instances', name: 'instances' },
  { to: '/events', name: 'events' },
  { to: '/projections', name: 'projections' },
  { to: '/backfill', name: 'backfill' },
  { to: '/executors', name: 'executors' },
  { to: '/guards', name: 'guards' },
  { to: '/settings', name: 'settings' },
  { to: '/about', name: 'about' },
] as const;

export function Navigation() {
  const text = useFrameText();
  return (
    <>
      {PAGES.map((page) => (
        <Link
          key={page.to}
          to={page.to}
          className="nav-link"
          activeOptions={{ exact: 'exact' in page, includeSearch: false }}
        >
          {text.nav[page.name]}
        </Link>
      ))}
    </>
  );
}
