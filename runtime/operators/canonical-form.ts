import type { ValueType } from "../formats/value-type.ts";
import { orderOf } from "../functions/compare-values.ts";

/** Whether −0.0 is the same key as 0.0, as in a grouping, or another, as in Spark's dropDuplicates (semantics D1). */
export type ZeroRule = "one zero" | "two zeros";

/** A value (not null) in the one form of all that equal it. */
export type Canonical = (value: unknown) => unknown;

/** What makes equal values (not null) equal in their stored form; undefined where they are. */
export function canonicalForm(type: ValueType, zeros: ZeroRule): Canonical | undefined {
  switch (type.kind) {
    case "boolean":
    case "string":
    case "binary":
    case "long":
    case "decimal":
      return undefined;
    case "float":
    case "double":
      return zeros === "one zero" ? withoutMinusZero : undefined;
    case "array": {
      const element = canonicalForm(type.element, zeros);
      return element === undefined ? undefined : (value) => (Array.isArray(value) ? value.map((item: unknown) => orNull(element, item)) : value);
    }
    case "record": {
      const fields = type.fields.map((field) => ({ name: field.name, canonical: canonicalForm(field.type, zeros) ?? same }));
      return (value) => Object.fromEntries(fields.map(({ name, canonical }) => [name, orNull(canonical, Reflect.get(Object(value), name))]));
    }
    case "map": {
      const { compare } = orderOf(type.key);
      const key = canonicalForm(type.key, zeros) ?? same;
      const item = canonicalForm(type.value, zeros) ?? same;
      return (value) => (value instanceof Map ? new Map([...value].sort(([left], [right]) => compare(left, right)).map(([entryKey, entryItem]) => [key(entryKey), orNull(item, entryItem)])) : value);
    }
    default:
      return withoutMinusZero;
  }
}

function orNull(canonical: Canonical, value: unknown): unknown {
  return value === null || value === undefined ? null : canonical(value);
}

export function withoutMinusZero(value: unknown): number {
  return Number(value) + 0;
}

function same(value: unknown): unknown {
  return value;
}
