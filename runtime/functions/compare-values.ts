import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { type ValueType, valueType } from "../formats/value-type.ts";
import { compareBoolean, compareBytes, compareDouble, compareNumber, compareText } from "./compare-scalars.ts";

/**
 * Order, equality and hash of the values of one type by content: nulls first and equal to each other, NaN last and equal to
 * itself, −0.0 as 0.0, strings by UTF-8 bytes, binary by unsigned bytes, records and arrays item by item (Spark's
 * InterpretedOrdering). Maps, which no comparison of the language takes, are ordered by their entries in the order of the keys,
 * wherever whole rows are.
 */
export interface ValueOrder {
  compare(left: unknown, right: unknown): number;
  equals(left: unknown, right: unknown): boolean;
  /** 32 bits, unsigned; the same for equal values. Not stored anywhere. */
  hash(value: unknown): number;
}

/** The order of a type. */
export function valueOrder(descriptor: TypeDescriptor): ValueOrder {
  return orderOf(valueType(descriptor));
}

/** The order of a type that is already read. */
export function orderOf(type: ValueType): ValueOrder {
  const compare = withNulls(comparator(type));
  return { compare, equals: (left, right) => left === right || compare(left, right) === 0, hash: (value) => hashOf(value, type) >>> 0 };
}

type Compare = (left: unknown, right: unknown) => number;

function comparator(type: ValueType): Compare {
  switch (type.kind) {
    case "boolean":
      return (left, right) => compareBoolean(left === true, right === true);
    case "string":
      return (left, right) => compareText(String(left), String(right));
    case "float":
    case "double":
      return (left, right) => compareDouble(Number(left), Number(right));
    case "binary":
      return (left, right) => (left instanceof Uint8Array && right instanceof Uint8Array ? compareBytes(left, right) : 0);
    case "array":
      return arrayComparator(withNulls(comparator(type.element)));
    case "record":
      return recordComparator(type.fields.map((field) => [field.name, withNulls(comparator(field.type))]));
    case "map":
      return mapComparator(comparator(type.key), withNulls(comparator(type.value)));
    default:
      return (left, right) => (isExact(left) && isExact(right) ? compareNumber(left, right) : 0);
  }
}

function withNulls(compare: Compare): Compare {
  return (left, right) => (left === null ? (right === null ? 0 : -1) : right === null ? 1 : compare(left, right));
}

function arrayComparator(element: Compare): Compare {
  return (left, right) => {
    if (!Array.isArray(left) || !Array.isArray(right)) return 0;
    const length = Math.min(left.length, right.length);
    for (let at = 0; at < length; at++) {
      const order = element(left[at], right[at]);
      if (order !== 0) return order;
    }
    return left.length - right.length;
  };
}

function recordComparator(fields: readonly (readonly [name: string, compare: Compare])[]): Compare {
  return (left, right) => {
    for (const [name, compare] of fields) {
      const order = compare(Reflect.get(Object(left), name), Reflect.get(Object(right), name));
      if (order !== 0) return order;
    }
    return 0;
  };
}

function mapComparator(compareKeys: Compare, compareItems: Compare): Compare {
  const sorted = (map: ReadonlyMap<unknown, unknown>): readonly (readonly [unknown, unknown])[] => [...map].sort(([left], [right]) => compareKeys(left, right));
  return (left, right) => {
    if (!(left instanceof Map) || !(right instanceof Map)) return 0;
    const others = sorted(right);
    for (const [at, [key, item]] of sorted(left).entries()) {
      const other = others[at];
      if (other === undefined) return 1;
      const order = compareKeys(key, other[0]) || compareItems(item, other[1]);
      if (order !== 0) return order;
    }
    return left.size - right.size;
  };
}

function isExact(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function hashOf(value: unknown, type: ValueType): number {
  if (value === null) return 42;
  switch (type.kind) {
    case "array":
      return Array.isArray(value) ? value.reduce((hash: number, item: unknown) => mix(hash, hashOf(item, type.element)), value.length) : 0;
    case "record":
      return type.fields.reduce((hash, field) => mix(hash, hashOf(Reflect.get(Object(value), field.name), field.type)), 17);
    case "binary":
      return value instanceof Uint8Array ? value.reduce(mix, value.length) : 0;
    case "map":
      // Whatever the order of the entries.
      return value instanceof Map ? [...value].reduce((hash, [key, item]) => (hash + mix(hashOf(key, type.key), hashOf(item, type.value))) | 0, value.size) : 0;
    default:
      return hashText(typeof value === "number" ? String(value + 0) : String(value));
  }
}

function mix(hash: number, next: number): number {
  return (Math.imul(hash ^ (next | 0), 0x9e3779b1) + 0x7f4a7c15) | 0;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
