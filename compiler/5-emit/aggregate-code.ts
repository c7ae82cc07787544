import type { AggregateFunction } from "../catalog/functions/aggregate-function.ts";
import { findAggregate } from "../catalog/functions/registry.ts";
import { typeDescriptorCode } from "../catalog/types/type-descriptor-code.ts";
import { arrayCode, callCode, member, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { runtime } from "../code/runtime-name.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { AggregateCall } from "../ir/expr/aggregate-call.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { LiteralValue } from "../ir/expr/literal-value.ts";
import { sameExpr } from "../ir/expr/walk.ts";
import type { AggregateColumn } from "../ir/logical/plan.ts";
import type { GroupTable } from "../ir/physical/physical.ts";

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

/** The aggregate whose lane holds a column's state: the first of the table that adds the same values to a lane of the same form. */
export function laneOf(table: GroupTable, column: AggregateColumn): AggregateColumn {
  return table.aggregates.find((other) => other === column || sharesLane(other.call, column.call)) ?? column;
}

function sharesLane(a: AggregateCall, b: AggregateCall): boolean {
  const values = [...rowArguments(a), ...rowArguments(b)];
  if (a.type.kind === "null" || b.type.kind === "null" || values.some(({ expr }) => expr.volatility === "volatile") || a.distinct !== b.distinct) return false;
  const same = (one: Expr | undefined, other: Expr | undefined): boolean => (one === undefined || other === undefined ? one === other : one.volatility !== "volatile" && sameExpr(one, other));
  const others = rowArguments(b);
  const added = others.map((_, at) => new Code(`value${at}`, Precedence.primary, []));
  return (
    same(a.where, b.where) &&
    same(conditionOf(a), conditionOf(b)) &&
    rowArguments(a).length === others.length &&
    rowArguments(a).every(({ expr, takesNull }, at) => same(expr, others[at]?.expr) && takesNull === others[at]?.takesNull) &&
    laneCode(a).text === laneCode(b).text &&
    addCode(a, lane, slot, added).text === addCode(b, lane, slot, added).text
  );
}

const lane = new Code("lane", Precedence.primary, []);
const slot = new Code("slot", Precedence.primary, []);

function settingsOf(call: AggregateCall): readonly LiteralValue[] {
  const fn = aggregateOf(call);
  return call.args.flatMap((arg, at) => (isSetting(fn, at) ? [arg.kind === "Literal" ? arg.value : internalError("E9003", `the setting ${at + 1} of ${call.name} is no literal`)] : []));
}

function isSetting(fn: AggregateFunction, at: number): boolean {
  return fn.settings?.includes(at) === true;
}
