import { wrongResult } from "./user-value-error.ts";

/** An array that an imported function gave, with its items converted. */
export function asArray<T, R>(value: readonly T[], from: string, convert: (item: T) => R): readonly R[] {
  if (!Array.isArray(value)) return wrongResult(from, "an array", value);
  const converted: R[] = [];
  for (const item of value as readonly T[]) converted.push(convert(item));
  return converted;
}

export function asArrayOrNull<T, R>(value: readonly T[] | null | undefined, from: string, convert: (item: T) => R): readonly R[] | null {
  return value === null || value === undefined ? null : asArray(value, from, convert);
}

/** A map from strings that an imported function gave, with its values converted. */
export function asMap<T, R>(value: ReadonlyMap<string, T>, from: string, convert: (item: T) => R): ReadonlyMap<string, R> {
  if (!(value instanceof Map)) return wrongResult(from, "a Map", value);
  const converted = new Map<string, R>();
  for (const [key, item] of value as ReadonlyMap<unknown, T>) converted.set(typeof key === "string" ? key : wrongResult(`${from}[key]`, "a string", key), convert(item));
  return converted;
}

export function asMapOrNull<T, R>(value: ReadonlyMap<string, T> | null | undefined, from: string, convert: (item: T) => R): ReadonlyMap<string, R> | null {
  return value === null || value === undefined ? null : asMap(value, from, convert);
}

/** A record that an imported function gave: the very object, whose fields are converted where they are read. */
export function asRecord<T extends object>(value: T, from: string): T {
  return isRecord(value) ? value : wrongResult(from, "a record", value);
}

export function asRecordOrNull<T extends object>(value: T | null | undefined, from: string): T | null {
  return value === null || value === undefined ? null : asRecord(value, from);
}

/** Rows that an imported function gives one after the other: an array, or whatever can be iterated. They are asked for as they are read. */
export function* asRows<T extends object>(value: Iterable<T>, from: string): Generator<T, void, undefined> {
  if (value === null || value === undefined || typeof value === "string" || typeof value[Symbol.iterator] !== "function") wrongResult(from, "an iterable of rows", value);
  for (const row of value) yield asRecord(row, `${from}[]`);
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Map);
}
