/** Filters under a name, kept in this browser; nothing secret is in them. */
import { instancesSearch } from '../../routing/searches';
import type { InstanceSearch } from './filter';

export interface SavedView {
  name: string;
  search: InstanceSearch;
}

export const VIEWS_KEY = 'strategos.instance-views';
const MOST_VIEWS = 30;

/** What was stored, as far as it makes sense today. */
export function readViews(stored: string | null): SavedView[] {
  let saved: unknown;
  try {
    saved = JSON.parse(stored ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(saved)) return [];
  return saved.flatMap((view: { name?: unknown; search?: unknown } | null) => {
    if (typeof view?.name !== 'string' || view.name === '' || typeof view.search !== 'object' || view.search === null) return [];
    return [{ name: view.name, search: instancesSearch(view.search as Record<string, unknown>) }];
  });
}

/** Saved under a name that exists, it takes that one's place. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const at = views.findIndex(({ name }) => name === view.name);
  return at < 0 ? [...views, view].slice(-MOST_VIEWS) : views.with(at, view);
}

export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name);
}

export function sameSearch(left: InstanceSearch, right: InstanceSearch): boolean {
  const set = (search: InstanceSearch) => Object.entries(search).filter(([, value]) => value !== undefined);
  const text = (search: InstanceSearch) => JSON.stringify(set(search).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(left) === text(right);
}
