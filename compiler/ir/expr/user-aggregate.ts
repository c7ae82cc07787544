import type { DataType } from "../types/data-type.ts";
import type { Shape } from "../types/shape.ts";
import type { ImportedRef, UserResult } from "./expr.ts";

/** An imported aggregate: an object of functions over a state of its own (runtime/user/aggregate.ts). */
export interface UserAggregateRef extends ImportedRef {
  readonly state: Shape;
  /** Those of `add` behind the state: what the call gives. A null of an argument whose parameter takes none leaves the row out. */
  readonly parameters: readonly { readonly name: string; readonly type: DataType; readonly nullable: boolean; readonly shape: Shape }[];
  readonly returns: UserResult;
  /** Whether it can take a row back (`retract`). */
  readonly retracts: boolean;
}
