/** What differs between two JSON values, place by place. */
import { joinPointer } from '../json/pointer';
import { isJsonObject, jsonEqual, type JsonObject, type JsonValue } from '../json/value';

export interface Difference {
  pointer: string;
  kind: 'added' | 'removed' | 'changed';
  before?: JsonValue;
  after?: JsonValue;
}

/**
 * The deepest places that differ, in the order of `after`, then what is gone. Numbers are compared by value.
 * A list counts as one value unless it holds objects or lists: nobody reads "item 3 of required moved".
 */
export function differences(before: JsonValue | undefined, after: JsonValue | undefined, at = ''): Difference[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ pointer: at, kind: 'added', after: after as JsonValue }];
  if (after === undefined) return [{ pointer: at, kind: 'removed', before }];
  if (jsonEqual(before, after)) return [];
  if (isJsonObject(before) && isJsonObject(after)) return memberDifferences(before, after, at);
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].some(isContainer)) {
    const length = Math.max(before.length, after.length);
    const indexes = Array.from({ length }, (_, index) => index);
    return indexes.flatMap((index) => differences(before[index], after[index], joinPointer(at, index)));
  }
  return [{ pointer: at, kind: 'changed', before, after }];
}

function memberDifferences(before: JsonObject, after: JsonObject, at: string): Difference[] {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return [...Object.keys(after), ...gone].flatMap((name) => {
    const own = (object: JsonObject) => (Object.hasOwn(object, name) ? object[name] : undefined);
    return differences(own(before), own(after), joinPointer(at, name));
  });
}

function isContainer(value: JsonValue): boolean {
  return Array.isArray(value) || isJsonObject(value);
}
