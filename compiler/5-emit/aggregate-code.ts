import type { AggregateFunction } from "../catalog/functions/aggregate-function.ts";
import { findAggregate } from "../catalog/functions/registry.ts";
import { typeDescriptorCode } from "../catalog/types/type-descriptor-code.ts";
import { arrayCode, callCode, member, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { numberCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { AggregateCall } from "../ir/expr/aggregate-call.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { LiteralValue } from "../ir/expr/literal-value.ts";
import { sameExpr } from "../ir/expr/walk.ts";
import type { AggregateColumn } from "../ir/logical/plan.ts";
import type { GroupTable } from "../ir/physical/physical.ts";
import { distinctSetOf } from "./distinct-sets.ts";
import type { ModuleScope } from "./module-scope.ts";
import { userAggregateOf } from "./user-aggregate-code.ts";

/** The definition of an aggregate call: the catalogue's, or that of an imported one. `module` is needed where its lane is made. */
function aggregateOf(call: AggregateCall, module?: ModuleScope): AggregateFunction {
  if (call.user !== undefined) return userAggregateOf(call, call.user, module);
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
function laneCode(call: AggregateCall, module?: ModuleScope): Code {
  const lane = aggregateOf(call, module).lane(call.args.map((arg) => arg.type), call.type, settingsOf(call));
  if (!call.distinct) return lane;
  return callCode(runtime("distinct"), lane, ...rowArguments(call).map(({ expr, takesNull }) => typeDescriptorCode(expr.type, takesNull && expr.nullable)));
}

/** The lane of a table's column: that of the set which it owns, or its own. */
export function columnLaneCode(table: GroupTable, column: AggregateColumn, module: ModuleScope): Code {
  const { call } = column;
  const set = distinctSetOf(table, column)?.set;
  if (set === undefined) return table.counted ? changingLaneCode(call, module) : laneCode(call, module);
  const [value] = rowArguments(call);
  return callCode(runtime("distinctCounts"), numberCode(set.conditions.length), ...(value === undefined ? [] : [typeDescriptorCode(value.expr.type, false)]));
}

/** The result of a table's column at a slot of `laneOf` its lane. */
export function columnResultCode(table: GroupTable, column: AggregateColumn, lane: Code, slot: Code): Code {
  const shared = distinctSetOf(table, column);
  if (shared !== undefined) return method(lane, "get", slot, numberCode(shared.at));
  return table.counted ? changingResultCode(column.call, lane, slot) : resultCode(column.call, lane, slot);
}

/** Adds a row's values to the lane. */
export function addCode(call: AggregateCall, lane: Code, slot: Code, values: readonly Code[]): Code {
  return call.distinct ? method(lane, "add", slot, ...values) : aggregateOf(call).emitAdd(lane, slot, values);
}

/** The lane of a table whose rows may be taken back: one that can undo an addition, or one that is built anew from the values that are left. */
function changingLaneCode(call: AggregateCall, module?: ModuleScope): Code {
  const fn = aggregateOf(call, module);
  const types = call.args.map((arg) => arg.type);
  // What a user's function takes back may leave another state than the values that are left would make, as a restart makes it of them.
  const own = call.distinct && call.user !== undefined ? undefined : fn.changingLane?.(types, call.type, settingsOf(call));
  if (own !== undefined && !call.distinct) return own;
  const values = rowArguments(call).filter((_, at) => isUsed(call, at)).map(({ expr, takesNull }) => typeDescriptorCode(expr.type, takesNull && expr.nullable));
  // What ignores duplicates needs each value but once, and is built anew from fewer.
  const wrapper = call.distinct || fn.ignoresDuplicates === true ? "retractableDistinct" : "retractable";
  return callCode(runtime(wrapper), own ?? fn.lane(types, call.type, settingsOf(call)), ...values);
}

/** Adds a row's values to such a lane, or takes them out of it. */
export function changeCode(call: AggregateCall, lane: Code, slot: Code, weight: Code, values: readonly Code[]): Code {
  return method(lane, "change", slot, weight, ...values.filter((_, at) => isUsed(call, at)));
}

function isUsed(call: AggregateCall, at: number): boolean {
  return aggregateOf(call).uses?.includes(at) ?? true;
}

/** The result at a slot of such a lane. */
export function changingResultCode(call: AggregateCall, lane: Code, slot: Code): Code {
  if (call.type.kind === "array" && call.type.element.kind === "null") return arrayCode([]);
  const fn = aggregateOf(call);
  const isOwn = !call.distinct && fn.changingLane?.(call.args.map((arg) => arg.type), call.type, settingsOf(call)) !== undefined;
  return fn.emitResult(isOwn ? lane : method(lane, "settled", slot), slot, settingsOf(call));
}

/** The result at a slot. */
export function resultCode(call: AggregateCall, lane: Code, slot: Code): Code {
  // A list of nulls has none.
  if (call.type.kind === "array" && call.type.element.kind === "null") return arrayCode([]);
  return aggregateOf(call).emitResult(call.distinct ? member(lane, "inner") : lane, slot, settingsOf(call));
}

/** The aggregate whose lane holds a column's state: the first of the table that adds the same values to a lane of the same form, or that of the set that its values are kept in. */
export function laneOf(table: GroupTable, column: AggregateColumn): AggregateColumn {
  const shared = distinctSetOf(table, column);
  if (shared !== undefined) return shared.set.owner;
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
