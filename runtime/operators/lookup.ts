import type { TypeDescriptor } from "../formats/type-descriptor.ts";

/** Key columns of a lookup table, in order. */
export interface LookupSpec {
  readonly key: Readonly<Record<string, TypeDescriptor>>;
}

/** Rows of a static table by key. Keys follow SQL's `=`: −0.0 is 0.0, NaN is NaN; the emitted code leaves rows with a null key out. */
export interface Lookup<Row> {
  readonly spec: LookupSpec;
  clear(): void;
  /** The key's values in the order of the spec, then the row. */
  add(key: readonly unknown[], row: Row): void;
  /** The rows of a key in the order added; empty where there is none. */
  find(key: readonly unknown[]): readonly Row[];
  /** Every row, for a join without equality. */
  all(): readonly Row[];
}
