/**
 * Whether two values of one type are the same content: nulls equal each other, NaN equals itself, −0.0 is 0.0; binary, arrays, records
 * and maps are compared item by item, maps whatever the order of their keys.
 */
export function sameContent(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left !== left && right !== right;
  if (left instanceof Uint8Array) return right instanceof Uint8Array && left.length === right.length && left.every((byte, at) => byte === right[at]);
  if (Array.isArray(left)) return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameContent(item, right[at]));
  if (left instanceof Map) return right instanceof Map && sameEntries(left, right);
  return Object.keys(left).every((name) => sameContent(Reflect.get(left, name), Reflect.get(right, name)));
}

/** 32 bits, the same for values of the same content. Not stored anywhere. */
export function contentHash(value: unknown): number {
  switch (typeof value) {
    case "number":
      return (value | 0) === value ? value | 0 : hashDouble(value);
    case "string":
      return hashText(value);
    case "object":
      return value === null ? 42 : hashObject(value);
    default:
      return hashText(String(value));
  }
}

/** A hash that goes on with another. */
export function mixed(hash: number, next: number): number {
  const mix = Math.imul(hash ^ next, 0x9e3779b1);
  return mix ^ (mix >>> 15);
}

/** Keys of maps are scalars in canonical form. */
function sameEntries(left: ReadonlyMap<unknown, unknown>, right: ReadonlyMap<unknown, unknown>): boolean {
  if (left.size !== right.size) return false;
  for (const [key, item] of left) if (!right.has(key) || !sameContent(item, right.get(key))) return false;
  return true;
}

function hashObject(value: object): number {
  if (value instanceof Uint8Array) return value.reduce<number>(mixed, value.length);
  if (Array.isArray(value)) return value.reduce<number>((hash, item) => mixed(hash, contentHash(item)), value.length);
  // Whatever the order of the entries.
  if (value instanceof Map) return [...value].reduce<number>((hash, [key, item]) => (hash + mixed(contentHash(key), contentHash(item))) | 0, value.size);
  return Object.keys(value).reduce<number>((hash, name) => mixed(hash, contentHash(Reflect.get(value, name))), 17);
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

function hashDouble(value: number): number {
  if (Number.isNaN(value)) return 7;
  double[0] = value;
  return mixed(halves[0]!, halves[1]!);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
