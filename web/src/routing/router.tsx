/** Every address there is. Pages are loaded when they are first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { hasSession } from '../session/session';
import { NotFound } from '../shell/NotFound';
import { PageFailed } from '../shell/PageFailed';
import { SignedIn } from '../shell/SignedIn';
import { KEYED } from './key-in-path';
import {
  backtestSearch,
  changesSearch,
  compareSearch,
  definitionSearch,
  definitionsSearch,
  eventsSearch,
  instanceSearch,
  instancesSearch,
  loginSearch,
  startSearch,
} from './searches';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageFailed });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: loginSearch,
  component: lazyRouteComponent(() => import('../pages/login/LoginPage'), 'LoginPage'),
});

let signedIn = false;

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: SignedIn,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
  beforeLoad: async ({ location }) => {
    signedIn ||= await hasSession();
    if (!signedIn) throw redirect({ to: '/login', search: location.href === '/' ? {} : { to: location.href } });
  },
});

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/overview/OverviewPage'), 'OverviewPage'),
});

const definitions = createRoute({
  getParentRoute: () => inside,
  path: '/definitions',
  validateSearch: definitionsSearch,
  component: lazyRouteComponent(() => import('../pages/definitions/DefinitionsPage'), 'DefinitionsPage'),
});

/** Not below `/definitions`, where every name may be a definition's key. */
const newDefinition = createRoute({
  getParentRoute: () => inside,
  path: '/new-definition',
  component: lazyRouteComponent(() => import('../pages/definition-edit/NewDefinitionPage'), 'NewDefinitionPage'),
});

const definition = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key',
  params: KEYED,
  validateSearch: definitionSearch,
  component: lazyRouteComponent(() => import('../pages/definition/DefinitionPage'), 'DefinitionPage'),
});

const editDefinition = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key/edit',
  params: KEYED,
  component: lazyRouteComponent(() => import('../pages/definition-edit/EditDefinitionPage'), 'EditDefinitionPage'),
});

const compare = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key/compare',
  params: KEYED,
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('../pages/compare/ComparePage'), 'ComparePage'),
});

const definitionChanges = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key/changes',
  params: KEYED,
  validateSearch: changesSearch,
  component: lazyRouteComponent(() => import('../pages/changes/DefinitionChangesPage'), 'DefinitionChangesPage'),
});

const backtest = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key/backtest',
  params: KEYED,
  validateSearch: backtestSearch,
  component: lazyRouteComponent(() => import('../pages/backtest/BacktestPage'), 'BacktestPage'),
});

const instances = createRoute({
  getParentRoute: () => inside,
  path: '/instances',
  validateSearch: instancesSearch,
  component: lazyRouteComponent(() => import('../pages/instances/InstancesPage'), 'InstancesPage'),
});

const start = createRoute({
  getParentRoute: () => inside,
  path: '/instances/new',
  validateSearch: startSearch,
  component: lazyRouteComponent(() => import('../pages/start/StartPage'), 'StartPage'),
});

const instance = createRoute({
  getParentRoute: () => inside,
  path: '/instances/$key',
  params: KEYED,
  validateSearch: instanceSearch,
  component: lazyRouteComponent(() => import('../pages/instance/InstancePage'), 'InstancePage'),
});

const instanceChanges = createRoute({
  getParentRoute: () => inside,
  path: '/instances/$key/changes',
  params: KEYED,
  validateSearch: changesSearch,
  component: lazyRouteComponent(() => import('../pages/changes/InstanceChangesPage'), 'InstanceChangesPage'),
});

const events = createRoute({
  getParentRoute: () => inside,
  path: '/events',
  validateSearch: eventsSearch,
  component: lazyRouteComponent(() => import('../pages/events/EventsPage'), 'EventsPage'),
});

const plain = [
  createRoute({
    getParentRoute: () => inside,
    path: '/projections',
    component: lazyRouteComponent(() => import('../pages/projections/ProjectionsPage'), 'ProjectionsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backfill',
    component: lazyRouteComponent(() => import('../pages/backfill/BackfillPage'), 'BackfillPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/executors',
    component: lazyRouteComponent(() => import('../pages/executors/ExecutorsPage'), 'ExecutorsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/guards',
    component: lazyRouteComponent(() => import('../pages/guards/GuardsPage'), 'GuardsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/settings',
    component: lazyRouteComponent(() => import('../pages/settings/SettingsPage'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/about',
    component: lazyRouteComponent(() => import('../pages/about/AboutPage'), 'AboutPage'),
  }),
] as const;

/** Whatever is none of these, in the frame like every page. */
const nowhere = createRoute({ getParentRoute: () => inside, path: '$', component: NotFound });

/** Where the original had its strategies screen: bookmarks keep working. */
const legacySettings = createRoute({
  getParentRoute: () => root,
  path: '/manage/settings/strategies',
  beforeLoad: () => {
    throw redirect({ to: '/definitions', replace: true });
  },
});

const tokens = createRoute({
  getParentRoute: () => root,
  path: '/tokens',
  beforeLoad: () => {
    throw redirect({ to: '/settings', replace: true });
  },
});

const routeTree = root.addChildren([
  login,
  legacySettings,
  tokens,
  inside.addChildren([
    overview,
    definitions,
    newDefinition,
    definition,
    editDefinition,
    compare,
    definitionChanges,
    backtest,
    instances,
    start,
    instance,
    instanceChanges,
    events,
    ...plain,
    nowhere,
  ]),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
