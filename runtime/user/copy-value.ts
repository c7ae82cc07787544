import { ownField } from "../functions/user/own-field.ts";
import type { UserType } from "./value-codec.ts";

/** Copies a value, so that what is done to the copy changes nothing of it. */
export type CopyValue = (value: unknown) => unknown;

/**
 * What copies values of a type. A copy is what the value's codec reads of what it writes: the declared fields alone, no two of its objects the same one, plain classes, no
 * holes. Undefined where no value can be changed in place. A value of another type than the declared one stays what it is: whoever stores it will refuse it.
 */
export function copyOf(type: UserType): CopyValue | undefined {
  if (typeof type === "string") {
    if (type.startsWith("Date")) return (value) => (value instanceof Date ? new Date(value) : value);
    if (type.startsWith("Uint8Array")) return (value) => (value instanceof Uint8Array ? new Uint8Array(value) : value);
    return undefined;
  }
  if ("array" in type) {
    const element = copyOf(type.array);
    return (value) => (Array.isArray(value) ? Array.from<unknown, unknown>(value, element ?? same) : value);
  }
  if ("map" in type) {
    const item = copyOf(type.map);
    return (value) => {
      if (!(value instanceof Map)) return value;
      const copy = new Map<unknown, unknown>(value);
      if (item !== undefined) for (const [key, each] of copy) copy.set(key, item(each));
      return copy;
    };
  }
  const fields = Object.entries(type.fields).map(([name, field]) => [name, copyOf(field)] as const);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const copies: (readonly [string, unknown])[] = [];
    for (const [name, copy] of fields) {
      const field = ownField(value as Readonly<Record<string, unknown>>, name);
      if (field !== undefined) copies.push([name, copy === undefined ? field : copy(field)]);
    }
    // Own properties whatever their names: an entry list defines `__proto__` as data too.
    return Object.fromEntries(copies);
  };
}

function same(value: unknown): unknown {
  return value;
}

/** Whether a value of a type may hold a text. */
export function holdsText(type: UserType): boolean {
  if (typeof type === "string") return type.startsWith("string");
  if ("array" in type) return holdsText(type.array);
  // A map has texts for keys.
  return "map" in type || Object.values(type.fields).some(holdsText);
}
