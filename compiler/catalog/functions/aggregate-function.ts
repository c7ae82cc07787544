import type { Code } from "../../code/code.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import type { Operand, Resolution } from "./signature.ts";

/**
 * An aggregate function. Its state is one lane of the group table (runtime/operators/lanes); the emitted loop calls the lane
 * with values that are not null (rows whose argument is null, or for which `where` is not true, never reach it).
 */
export interface AggregateFunction {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  resolve(operands: readonly Operand[]): Resolution;
  /** The call of the runtime's lane factory: `count()`, `sumLong()`, `sumDecimal(20, 2)`. */
  lane(args: readonly DataType[], result: DataType): Code;
  /** `lane.add(slot, value)`. */
  emitAdd(lane: Code, slot: Code, args: readonly Code[]): Code;
  /** `lane.get(slot)`, in the representation of the result type; null where the result is null. */
  emitResult(lane: Code, slot: Code): Code;
}
