import type { TypeDescriptor } from "../formats/type-descriptor.ts";

/** Key columns of a lookup table, in order. */
export interface LookupSpec {
  readonly key: Readonly<Record<string, TypeDescriptor>>;
}

/**
 * Rows of one side of a join by key. Keys follow SQL's `=`: −0.0 is 0.0, NaN is NaN. Null is a key like any other here; where it
 * equals nothing, the emitted code adds no row under it.
 */
export interface Lookup<Row> {
  readonly spec: LookupSpec;
  clear(): void;
  /** The key's values in the order of the spec, then the row. */
  add(key: readonly unknown[], row: Row): void;
  /** A row that no key finds, kept to come out unmatched. */
  addApart(row: Row): void;
  /** The rows of a key in the order added; empty where there is none. */
  find(key: readonly unknown[]): readonly Row[];
  /** Every row, for a join without equality. */
  all(): readonly Row[];
  /** Whether a key has a row. */
  has(key: readonly unknown[]): boolean;
  /** Notes that a row found a partner. */
  mark(row: Row): void;
  /** The rows that found a partner, in the order added; the marks are gone afterwards. */
  takeMatched(): readonly Row[];
  /** The rows that found none; the marks are gone afterwards. */
  takeUnmatched(): readonly Row[];
}
