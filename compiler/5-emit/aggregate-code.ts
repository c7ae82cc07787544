import type { AggregateFunction } from "../catalog/functions/aggregate-function.ts";
import { findAggregate } from "../catalog/functions/registry.ts";
import { typeDescriptorCode } from "../catalog/types/type-descriptor-code.ts";
import { arrayCode, callCode, member, method } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { runtime } from "../code/runtime-name.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { AggregateCall } from "../ir/expr/aggregate-call.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { LiteralValue } from "../ir/expr/literal-value.ts";

/** The catalogue's definition of an aggregate call. */
export function aggregateOf(call: AggregateCall): AggregateFunction {
  return findAggregate(call.name) ?? internalError("E9004", `the aggregate ${call.name} is bound but not in the catalogue`);
}

/** An argument that each row has a value for. */
export interface RowArgument {
  readonly expr: Expr;
  /** Whether its null reaches the lane. */
  readonly takesNull: boolean;
}

/** The arguments that rows have values for, in order: none where the one argument is a condition. */
export function rowArguments(call: AggregateCall): readonly RowArgument[] {
  const fn = aggregateOf(call);
  if (fn.isCondition === true) return [];
  const settings = settingsOf(call);
  return call.args.flatMap((expr, at) => (isSetting(fn, at) ? [] : [{ expr, takesNull: fn.takesNull?.(at, settings) === true }]));
}

/** The condition that stands as the one argument. */
export function conditionOf(call: AggregateCall): Expr | undefined {
  return aggregateOf(call).isCondition === true ? call.args[0] : undefined;
}

/** Whether no row is ever added: an argument is a null that does not reach the lane, or the condition never holds. */
export function addsNothing(call: AggregateCall): boolean {
  const condition = conditionOf(call);
  if (condition?.kind === "Literal") return condition.value !== true;
  return rowArguments(call).some(({ expr, takesNull }) => !takesNull && expr.kind === "Literal" && expr.value === null);
}

/** The call of a lane's factory; of a distinct aggregate the lane that leaves duplicates out, around the aggregate's own. */
export function laneCode(call: AggregateCall): Code {
  const lane = aggregateOf(call).lane(call.args.map((arg) => arg.type), call.type, settingsOf(call));
  if (!call.distinct) return lane;
  return callCode(runtime("distinct"), lane, ...rowArguments(call).map(({ expr, takesNull }) => typeDescriptorCode(expr.type, takesNull && expr.nullable)));
}

/** Adds a row's values to the lane. */
export function addCode(call: AggregateCall, lane: Code, slot: Code, values: readonly Code[]): Code {
  return call.distinct ? method(lane, "add", slot, ...values) : aggregateOf(call).emitAdd(lane, slot, values);
}

/** The result at a slot. */
export function resultCode(call: AggregateCall, lane: Code, slot: Code): Code {
  // A list of nulls has none.
  if (call.type.kind === "array" && call.type.element.kind === "null") return arrayCode([]);
  return aggregateOf(call).emitResult(call.distinct ? member(lane, "inner") : lane, slot, settingsOf(call));
}

function settingsOf(call: AggregateCall): readonly LiteralValue[] {
  const fn = aggregateOf(call);
  return call.args.flatMap((arg, at) => (isSetting(fn, at) ? [arg.kind === "Literal" ? arg.value : internalError("E9003", `the setting ${at + 1} of ${call.name} is no literal`)] : []));
}

function isSetting(fn: AggregateFunction, at: number): boolean {
  return fn.settings?.includes(at) === true;
}
