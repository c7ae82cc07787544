/**
 * The value of a literal in the runtime's representation: long and decimal (scaled) canonical (number while safe, else
 * bigint), float rounded to 32 bits, timestamp and duration in microseconds, date in days, binary as bytes, record as an object,
 * array as an array, map as a map in the order of its keys.
 */
export type LiteralValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly LiteralValue[]
  | ReadonlyMap<LiteralValue, LiteralValue>
  | { readonly [field: string]: LiteralValue };

export function isListLiteral(value: LiteralValue): value is readonly LiteralValue[] {
  return Array.isArray(value);
}

export function isMapLiteral(value: LiteralValue): value is ReadonlyMap<LiteralValue, LiteralValue> {
  return value instanceof Map;
}
