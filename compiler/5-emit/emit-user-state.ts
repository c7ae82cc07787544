import { argumentCode, emitArgument } from "../catalog/expressions/border/emit-argument.ts";
import { fromUser, ownMember } from "../catalog/expressions/border/from-user.ts";
import { toUser } from "../catalog/expressions/border/to-user.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { arrayCode, arrow, code, member, method, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { layOut } from "../code/lay-out.ts";
import { falseCode, stringCode, trueCode } from "../code/literal.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { NamedState, UserStateSpec } from "../ir/logical/plan.ts";
import type { UserStateTable } from "../ir/physical/physical.ts";
import type { DataType } from "../ir/types/data-type.ts";
import type { Shape } from "../ir/types/shape.ts";
import type { Block } from "./block.ts";
import { durationCode } from "./duration-code.ts";
import { keySpec } from "./emit-order.ts";
import { keyProperty } from "./key-names.ts";
import type { ColumnAccess } from "./emit-rows.ts";
import { emitLate } from "./emit-set-aside.ts";
import { inLines } from "./emit-stream-join.ts";
import type { HeldValues } from "./held-values.ts";
import { variableOf, type QueryScope } from "./query-scope.ts";
import type { RowEnvironment } from "./row-environment.ts";
import { userTypeText } from "./user-type-code.ts";
import { descriptorText } from "./value-type.ts";

const context = new Code("context", Precedence.primary, []);
const key = new Code("key", Precedence.primary, []);

type Fields = readonly (readonly [name: string, value: Code])[];

/** The call that makes a user's state: `context.updateState("totals/state", { … })`, `groupState` or `keyedProcess`. */
export function userStateCode(table: UserStateTable, scope: QueryScope): Code {
  const { spec } = table;
  const called = scope.module.userFunction(spec.fn);
  const shared: Fields = [
    ["function", stringCode(spec.fn.name)],
    ["key", keySpec(spec.keys.map(({ name, expr }) => [keyProperty(name), descriptorText(expr.type, expr.nullable)]))],
  ];
  const place: Fields = [...(table.kept ? [] : [["kept", falseCode] as const]), ...(spec.initial === undefined ? [] : [["initial", trueCode] as const]), ...(table.underWatermark ? [["underWatermark", trueCode] as const] : []), ...(table.above.length === 0 ? [] : [["above", arrayCode(table.above.map(stringCode))] as const])];
  const { kept } = spec;
  if (kept.kind === "named") {
    const states: Fields = [...kept.states.map((state) => [state.name, variableCode(state)] as const), ...(kept.timers === undefined ? [] : [[kept.timers, stringCode("timers")] as const])];
    return method(context, "keyedProcess", stringCode(table.id), inLines([...shared, ["keyOf", keyCode(spec)], ["states", layOut(states)], ["call", called], ...place]));
  }
  const state: Fields = [["state", new Code(userTypeText(kept.shape), Precedence.primary, [])]];
  const timeout: Fields = spec.timeout === undefined ? [] : [["timeout", objectCode([["after", durationCode(spec.timeout.span)], ["by", stringCode(spec.timeout.byClock ? "processing time" : "event time")]])]];
  if (spec.kind === "update") return method(context, "updateState", stringCode(table.id), inLines([...shared, ...state, ["call", called], ["rowOf", resultRowCode(spec, kept.shape)], ...timeout, ...place]));
  return method(context, "groupState", stringCode(table.id), inLines([...shared, ["keyOf", keyCode(spec)], ...state, ["call", called], ...timeout, ...place]));
}

/** `{ value: "number", ttl: hours(1) }` */
function variableCode({ kind, shape, key: keys, ttl }: NamedState): Code {
  return objectCode([
    [kind, new Code(userTypeText(shape), Precedence.primary, [])],
    ...(keys === undefined ? [] : [["key", stringCode(keys)] as const]),
    ...(ttl === undefined ? [] : [["ttl", durationCode(ttl)] as const]),
  ]);
}

/** The key as the function takes it. */
function keyCode({ keys, keyForm, fn }: UserStateSpec): Code {
  const parts = keys.map(({ name, expr }) => ({ name, type: expr.type, value: { code: member(key, keyProperty(name)), nullable: expr.nullable } }));
  const given = (at: number, shape: Shape): Code => {
    const part = parts[at] ?? internalError("E9007", `the key of ${fn.name} has no column ${at + 1}`);
    return toUser(part.value, part.type, shape, `${fn.name}.key`);
  };
  if (keyForm === undefined) return internalError("E9007", `${fn.name} takes no key`);
  if (keyForm.form === "value") return arrow([key], given(0, keyForm.shape));
  if (keyForm.form === "record") {
    const fields = keyForm.fields.map(({ name, shape }) => [name, given(parts.findIndex((part) => part.name === name), shape)] as const);
    return arrow([key], layOut(fields));
  }
  const items = arrayCode(keyForm.shapes.map((shape, at) => given(at, shape)));
  const type = `[${keyForm.shapes.map(shapeTypeText).join(", ")}]`;
  return new Code(`(key): ${type} => ${items.text}`, Precedence.arrow, items.uses);
}

/** The TypeScript type of a key's part. */
function shapeTypeText(shape: Shape): string {
  const own = shape.kind === "array" ? `readonly (${shapeTypeText(shape.element)})[]` : shape.kind === "map" ? `ReadonlyMap<string, ${shapeTypeText(shape.value)}>` : shape.kind === "record" ? internalError("E9006", "a key holds no record") : shape.kind;
  return `${own}${shape.nullable ? " | null" : ""}${shape.optional ? " | undefined" : ""}`;
}

/** The row of a table that a key and its state are. */
function resultRowCode({ keys, columns, fn }: UserStateSpec, shape: Shape): Code {
  const state = new Code("state", Precedence.primary, []);
  const fields: Fields = [...keys.map(({ name }) => [name, member(key, keyProperty(name))] as const), ...columns.map((column) => [column.name, partFromUser(state, column, shape, fn.name)] as const)];
  return arrow([key, state], layOut(fields));
}

/** A column of what a function gave: a field of its record, or its value. */
function partFromUser(value: Code, { name, type }: { readonly name: string; readonly type: DataType }, shape: Shape, from: string): Code {
  if (shape.kind !== "record") return fromUser(value, type, shape, from);
  const field = shape.fields.find((candidate) => candidate.name === name) ?? internalError("E9007", `what ${from} gives has no field ${name}`);
  return fromUser(ownMember(value, name), type, field.shape, `${from}.${name}`);
}

/** How a row that the function gave has a column. */
export function givenAccess({ spec }: UserStateTable): ColumnAccess {
  return (column) => partFromUser(new Code("row", Precedence.primary, []), column, spec.fn.returns.shape, spec.fn.name);
}

/** Gives the row at hand to a state, if it is not late. */
export function emitStateRow(table: UserStateTable, scope: QueryScope, held: HeldValues, env: RowEnvironment, body: Block): void {
  const { id, spec, time, late, above } = table;
  const operator = variableOf(scope, "state", id);
  if (late !== undefined) emitLate({ operator, id, late, span: [], above, weight: new Code("1", Precedence.primary, []) }, scope, held, env, body);
  const values = arrayCode(spec.keys.map(({ expr }) => emitExpr(expr, env).code));
  const times = time === undefined ? [] : [held.known(emitExpr(time, env).code)];
  body.line(code`${method(operator, "add", values, userValue(spec.row, spec.rowShape, spec, env), ...times)};`);
}

/** Gives a key the state that it begins with. */
export function emitFirstState({ id, spec }: UserStateTable, scope: QueryScope, env: RowEnvironment, body: Block): void {
  const { initial, kept } = spec;
  if (initial === undefined || kept.kind !== "one") return internalError("E9007", `the state ${id} takes no first states`);
  const values = arrayCode(initial.keys.map((expr) => emitExpr(expr, env).code));
  body.line(code`${method(variableOf(scope, "state", id), "addInitial", values, userValue(initial.state, kept.shape, spec, env))};`);
}

function userValue(expr: Expr, shape: Shape, { fn }: UserStateSpec, env: RowEnvironment): Code {
  const taker = { ...fn, parameters: [{ name: "row", type: expr.type, nullable: false, shape }] };
  return emitArgument(expr, 0, taker, env) ?? argumentCode(emitExpr(expr, env), expr, 0, taker);
}
