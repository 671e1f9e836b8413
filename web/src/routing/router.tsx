/** Every address there is. Pages are loaded when they are first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { hasSession } from '../session/session';
import { NotFound } from '../shell/NotFound';
import { PageFailed } from '../shell/PageFailed';
import { SignedIn } from '../shell/SignedIn';
import { compact, oneOf, severalOf, textIn, textsIn, yesOrNo } from './search';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageFailed });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search) => compact({ to: ownPath(search['to']), expired: yesOrNo(search['expired']) }),
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

/** Only to pages of our own, wherever the link came from. */
function ownPath(value: unknown): string | undefined {
  const path = textIn(value);
  return path !== undefined && path.startsWith('/') && !path.startsWith('//') && !path.includes('\\') ? path : undefined;
}

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/overview/OverviewPage'), 'OverviewPage'),
});

const definitions = createRoute({
  getParentRoute: () => inside,
  path: '/definitions',
  validateSearch: (search) =>
    compact({
      text: textIn(search['text']),
      executor: textIn(search['executor']),
      enabled: yesOrNo(search['enabled']),
      drafts: search['drafts'] === true ? true : undefined,
      sort: oneOf(search['sort'], ['KEY', 'NAME', 'CREATED_AT', 'UPDATED_AT']),
      desc: search['desc'] === true ? true : undefined,
    }),
  component: lazyRouteComponent(() => import('../pages/definitions/DefinitionsPage'), 'DefinitionsPage'),
});

const newDefinition = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/new',
  component: lazyRouteComponent(() => import('../pages/definition-edit/NewDefinitionPage'), 'NewDefinitionPage'),
});

const DEFINITION_TABS = ['overview', 'schema', 'defaults', 'versions', 'instances', 'history'] as const;

const definition = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key',
  validateSearch: (search) =>
    compact({
      tab: oneOf(search['tab'], DEFINITION_TABS),
      asOf: textIn(search['asOf']),
      version: textIn(search['version']),
    }),
  component: lazyRouteComponent(() => import('../pages/definition/DefinitionPage'), 'DefinitionPage'),
});

const editDefinition = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key/edit',
  component: lazyRouteComponent(() => import('../pages/definition-edit/EditDefinitionPage'), 'EditDefinitionPage'),
});

const compare = createRoute({
  getParentRoute: () => inside,
  path: '/definitions/$key/compare',
  validateSearch: (search) => compact({ from: textIn(search['from']), to: textIn(search['to']) }),
  component: lazyRouteComponent(() => import('../pages/compare/ComparePage'), 'ComparePage'),
});

const instances = createRoute({
  getParentRoute: () => inside,
  path: '/instances',
  validateSearch: (search) =>
    compact({
      status: severalOf(search['status'], ['RUNNING', 'STOPPED', 'FAULTED']),
      observed: severalOf(search['observed'], ['NONE', 'RUNNING', 'STOPPING', 'STOPPED']),
      definition: textIn(search['definition']),
      version: textIn(search['version']),
      executor: textIn(search['executor']),
      user: textIn(search['user']),
      client: textIn(search['client']),
      linked: yesOrNo(search['linked']),
      text: textIn(search['text']),
      sort: oneOf(search['sort'], ['CREATED', 'UPDATED_AT', 'KEY']),
      desc: search['desc'] === true ? true : undefined,
    }),
  component: lazyRouteComponent(() => import('../pages/instances/InstancesPage'), 'InstancesPage'),
});

const start = createRoute({
  getParentRoute: () => inside,
  path: '/instances/new',
  validateSearch: (search) =>
    compact({ definition: textIn(search['definition']), again: textIn(search['again']), run: textIn(search['run']) }),
  component: lazyRouteComponent(() => import('../pages/start/StartPage'), 'StartPage'),
});

const INSTANCE_TABS = ['state', 'config', 'chart', 'timeline', 'events', 'runs'] as const;

const instance = createRoute({
  getParentRoute: () => inside,
  path: '/instances/$key',
  validateSearch: (search) => compact({ tab: oneOf(search['tab'], INSTANCE_TABS), asOf: textIn(search['asOf']) }),
  component: lazyRouteComponent(() => import('../pages/instance/InstancePage'), 'InstancePage'),
});

const events = createRoute({
  getParentRoute: () => inside,
  path: '/events',
  validateSearch: (search) =>
    compact({
      type: textsIn(search['type']),
      actor: textIn(search['actor']),
      stream: textIn(search['stream']),
      streamType: textIn(search['streamType']),
      from: textIn(search['from']),
      until: textIn(search['until']),
      correlation: textIn(search['correlation']),
      causation: textIn(search['causation']),
      oldest: search['oldest'] === true ? true : undefined,
      open: textIn(search['open']),
    }),
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
    path: '/settings',
    component: lazyRouteComponent(() => import('../pages/settings/SettingsPage'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/about',
    component: lazyRouteComponent(() => import('../pages/about/AboutPage'), 'AboutPage'),
  }),
] as const;

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
    instances,
    start,
    instance,
    events,
    ...plain,
  ]),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
