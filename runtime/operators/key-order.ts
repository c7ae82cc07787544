import type { TypeDescriptor } from "../formats/type-descriptor.ts";
import { valueOrder } from "../functions/compare-values.ts";

/** A column of keys that have numbers. */
export interface OrderedColumn {
  readonly type: TypeDescriptor;
  get(key: number): unknown;
}

/** The numbers of keys in the order of the keys' values, column by column; nulls first. Without columns as they come. */
export function keysInOrder(keys: Int32Array, columns: readonly OrderedColumn[]): Int32Array {
  if (columns.length === 0 || keys.length < 2) return keys;
  const values = columns.map(({ get }) => Array.from(keys, get));
  const compare = columns.map(({ type }, column) => comparePlaces(values[column]!, type));
  const byAll = (left: number, right: number): number => {
    for (const byColumn of compare) {
      const order = byColumn(left, right);
      if (order !== 0) return order;
    }
    return 0;
  };
  const places = placesByNumber(values[0]!);
  if (places === undefined) return Int32Array.from(keys.keys()).sort(byAll).map((place) => keys[place]!);
  // Runs of keys that are equal in the first column.
  for (let start = 0, end = 0; start < places.length; start = end) {
    for (end = start + 1; end < places.length && compare[0]!(places[start]!, places[end]!) === 0; ) end++;
    if (end - start > 1 && columns.length > 1) places.subarray(start, end).sort(byAll);
  }
  return places.map((place) => keys[place]!);
}

function comparePlaces(values: readonly unknown[], type: TypeDescriptor): (left: number, right: number) => number {
  if (values.every((value) => typeof value === "number" && value === value)) {
    const numbers = Float64Array.from(values, Number);
    return (left, right) => numbers[left]! - numbers[right]!;
  }
  const { compare } = valueOrder(type);
  return (left, right) => compare(values[left], values[right]);
}

/** The places of values in their order, where value and place fit into one double: such are sorted without a call for each comparison. Else undefined. */
function placesByNumber(values: readonly unknown[]): Int32Array | undefined {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) return undefined;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const { length } = values;
  if (!((greatest - least + 1) * length <= Number.MAX_SAFE_INTEGER)) return undefined;
  const sorted = Float64Array.from(values, (value, place) => (Number(value) - least) * length + place).sort();
  return Int32Array.from(sorted, (value) => value % length);
}
