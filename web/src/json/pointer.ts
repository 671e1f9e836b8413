/** JSON Pointers (RFC 6901). */
import { isJsonObject, type JsonValue } from './value';

export type Path = readonly (string | number)[];

export function joinPointer(parent: string, name: string | number): string {
  return `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export function pointerOf(path: Path): string {
  return path.reduce<string>(joinPointer, '');
}

export function pathOf(pointer: string): string[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `/levels/0/price` as people read it: `levels.0.price`. */
export function dotted(pointer: string): string {
  return pathOf(pointer).join('.');
}

export function valueAt(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((at, name) => {
    if (Array.isArray(at)) return at[Number(name)];
    return isJsonObject(at) && Object.hasOwn(at, String(name)) ? at[String(name)] : undefined;
  }, value);
}

/** A copy with one place changed; `undefined` takes a member out. */
export function withValueAt(value: JsonValue | undefined, path: Path, to: JsonValue | undefined): JsonValue | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === Number(name) ? (withValueAt(item, rest, to) ?? null) : item));
  }
  const members = isJsonObject(value) ? value : {};
  const own = Object.hasOwn(members, String(name)) ? members[String(name)] : undefined;
  const changed = withValueAt(own, rest, to);
  if (changed !== undefined) return { ...members, [String(name)]: changed };
  const { [String(name)]: _gone, ...others } = members;
  return others;
}
