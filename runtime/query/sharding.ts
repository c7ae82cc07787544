import type { TypeDescriptor } from "../formats/type-descriptor.ts";

/** A column that took part in choosing the partition of a message. */
export interface ShardingColumn {
  readonly name: string;
  /** A scalar: `string`, `long?`. */
  readonly type: TypeDescriptor;
}

/**
 * How the rows of a query are spread over partitions (`partitionedBy`), and where its state has the columns that say it. Only of a query that can be sharded with its
 * state: without one (or without an operator's entry) a query with state runs in one process only; of a query that puts the rows of a key together within a batch, which has no `states`; and
 * of one that cannot be divided although all its state could be.
 */
export interface Sharding {
  /** By read: the columns whose message key chose the partition, as its source declares them. Reads whose rows reach no state have none. */
  readonly reads: Readonly<Record<string, readonly ShardingColumn[]>>;
  /**
   * By operator that keeps state: of each declared column, in the declared order, the place among the operator's key columns, as its spec names them (`key`, of a `top` `per`; windows
   * do not count).
   */
  readonly states: Readonly<Record<string, readonly number[]>>;
  /** Why a query that keeps nothing cannot be divided (`per batch` puts the rows of a batch together). */
  readonly unfit?: string;
}
