/**
 * The value of a literal in the runtime's representation: long and decimal (scaled) canonical (number while safe, else
 * bigint), timestamp and duration in microseconds, date in days, record as an object, array as an array.
 */
export type LiteralValue = null | boolean | number | bigint | string | readonly LiteralValue[] | { readonly [field: string]: LiteralValue };
