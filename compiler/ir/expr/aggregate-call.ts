import type { DataType } from "../types/data-type.ts";
import type { Expr, Origin } from "./expr.ts";
import type { UserAggregateRef } from "./user-aggregate.ts";

/**
 * One aggregate over the rows of a group: `sum(x where y)`. It stands only in an Aggregate node's list; an expression over
 * aggregate calls (`sum(a) / count()`) is a projection above that node.
 */
export interface AggregateCall {
  /** As the catalogue holds it: `count`, `sum`, `max_by`. Of an imported one its name in the job, which no built-in function has. */
  readonly name: string;
  /** Set where the aggregate is imported: nothing is known of it but what this says. */
  readonly user?: UserAggregateRef;
  /** Coerced to the signature, settings (a percentage, `ignoreNulls`) as literals; empty for `count()`. */
  readonly args: readonly Expr[];
  readonly distinct: boolean;
  /** Only rows for which this is true take part. */
  readonly where: Expr | undefined;
  readonly type: DataType;
  readonly nullable: boolean;
  /** Whether its state grows with the rows: every value is kept, or every different one. */
  readonly keepsValues?: true;
  /** Whether a value can be taken back without the others at hand, as of a count or an exact sum. */
  readonly isInvertible?: true;
  readonly origin: Origin;
}
