/** Two people's changes of the same JSON in one: what each did where the other did nothing, and mine where both did. */
import { joinPointer } from '../json/pointer';
import { isJsonObject, jsonEqual, type JsonObject, type JsonValue } from '../json/value';

/** Nothing where the member is not there. */
type Maybe = JsonValue | undefined;

/** A place that both changed, and not to the same. */
export interface BothTouched {
  pointer: string;
  theirs: Maybe;
  mine: Maybe;
}

export interface Merged {
  value: Maybe;
  both: BothTouched[];
}

export function merged(base: Maybe, mine: Maybe, theirs: Maybe, at = ''): Merged {
  if (jsonEqual(mine, base) || jsonEqual(mine, theirs)) return { value: theirs, both: [] };
  if (jsonEqual(theirs, base)) return { value: mine, both: [] };
  if (isJsonObject(mine) && isJsonObject(theirs)) return mergedMembers(isJsonObject(base) ? base : {}, mine, theirs, at);
  // Lists that kept their length still speak of the same items; in others nobody knows which is which
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs) && sameLength(base, mine, theirs)) {
    const items = mine.map((item, index) => merged(base[index], item, theirs[index], joinPointer(at, index)));
    return { value: items.map(({ value }) => value ?? null), both: items.flatMap(({ both }) => both) };
  }
  return { value: mine, both: [{ pointer: at, theirs, mine }] };
}

function mergedMembers(base: JsonObject, mine: JsonObject, theirs: JsonObject, at: string): Merged {
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
  const own = (object: JsonObject, name: string) => (Object.hasOwn(object, name) ? object[name] : undefined);
  const members = names.map((name) => ({ name, ...merged(own(base, name), own(mine, name), own(theirs, name), joinPointer(at, name)) }));
  const there = members.flatMap(({ name, value }): [string, JsonValue][] => (value === undefined ? [] : [[name, value]]));
  return { value: Object.fromEntries(there), both: members.flatMap(({ both }) => both) };
}

function sameLength(...lists: readonly (readonly JsonValue[])[]): boolean {
  return lists.every(({ length }) => length === lists[0]?.length);
}
