/** What each page takes from its address; everything else in it is ignored. */
import { STREAM_TYPES } from '../event/stream-types';
import { oneOf, ordinalIn, ownPath, positionIn, severalOf, taken, textIn, textsIn, yesOrNo } from './search';

type Search = Record<string, unknown>;

export const loginSearch = (search: Search) => taken({ to: ownPath(search['to']) });

export const definitionsSearch = (search: Search) =>
  taken({
    text: textIn(search['text']),
    executor: textIn(search['executor']),
    enabled: yesOrNo(search['enabled']),
    drafts: search['drafts'] === true ? true : undefined,
    sort: oneOf(search['sort'], ['KEY', 'NAME', 'CREATED_AT', 'UPDATED_AT']),
    desc: search['desc'] === true ? true : undefined,
  });

export const DEFINITION_TABS = ['overview', 'schema', 'defaults', 'versions', 'instances', 'history'] as const;

export const definitionSearch = (search: Search) =>
  taken({
    tab: oneOf(search['tab'], DEFINITION_TABS),
    asOf: textIn(search['asOf']),
    version: textIn(search['version']),
  });

export const compareSearch = (search: Search) => taken({ from: textIn(search['from']), to: textIn(search['to']) });

/** Who a start is for and why: taken along while its configuration is tried. */
const carried = (search: Search) => ({
  user: textIn(search['user']),
  client: textIn(search['client']),
  order: textIn(search['order']),
  reason: textIn(search['reason']),
});

/** `config`: overrides as JSON text; `period`: which data; `id`: of a backtest that was asked for. */
export const backtestSearch = (search: Search) =>
  taken({ version: textIn(search['version']), config: textIn(search['config']), period: textIn(search['period']), id: textIn(search['id']), ...carried(search) });

/** Two moments: positions or times. */
export const changesSearch = compareSearch;

export const instancesSearch = (search: Search) =>
  taken({
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
  });

export const startSearch = (search: Search) =>
  taken({ definition: textIn(search['definition']), again: textIn(search['again']), run: textIn(search['run']), config: textIn(search['config']), ...carried(search) });

export const INSTANCE_TABS = ['state', 'config', 'chart', 'timeline', 'events', 'runs'] as const;

/** `run`: whose quotes, fills and decisions are shown; the latest where it says none. */
export const instanceSearch = (search: Search) =>
  taken({ tab: oneOf(search['tab'], INSTANCE_TABS), asOf: textIn(search['asOf']), run: ordinalIn(search['run']) });

export const eventsSearch = (search: Search) =>
  taken({
    type: textsIn(search['type']),
    actor: textIn(search['actor']),
    stream: textIn(search['stream']),
    streamType: oneOf(search['streamType'], STREAM_TYPES),
    from: textIn(search['from']),
    until: textIn(search['until']),
    correlation: textIn(search['correlation']),
    causation: textIn(search['causation']),
    oldest: search['oldest'] === true ? true : undefined,
    open: positionIn(search['open']),
  });
