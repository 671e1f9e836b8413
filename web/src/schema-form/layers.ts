/** What an edited configuration lies on, and what of it is one's own. */
import type { JsonObject } from '../json/value';
import { changedConfig, changesAfterEdit, changeSourceOf } from './changes';
import { effectiveConfig, overridesAfterEdit, sourceOf, type Source } from './overrides';

export interface Layers {
  effective: (under: JsonObject, own: JsonObject) => JsonObject;
  ownAfterEdit: (under: JsonObject, own: JsonObject, edited: JsonObject) => JsonObject;
  /** Of a top-level member; nothing when sources are not told apart. */
  sourceOf: (under: JsonObject, own: JsonObject, name: string) => Source | undefined;
  /** What the catalogue says of the JSON view, which holds one's own part only. */
  about?: 'onlyOverrides' | 'onlyChanges';
}

/** Overrides on defaults: what a start sends. */
export const OVERRIDES: Layers = { effective: effectiveConfig, ownAfterEdit: overridesAfterEdit, sourceOf, about: 'onlyOverrides' };

/** Changes of what runs. */
export const CHANGES: Layers = {
  effective: changedConfig,
  ownAfterEdit: (current, _changes, edited) => changesAfterEdit(current, edited),
  sourceOf: changeSourceOf,
  about: 'onlyChanges',
};

/** A configuration that lies on nothing. */
export const WHOLE: Layers = {
  effective: effectiveConfig,
  ownAfterEdit: (_under, _own, edited) => edited,
  sourceOf: () => undefined,
};
