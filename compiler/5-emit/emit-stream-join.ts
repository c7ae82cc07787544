import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { emitTrue } from "../catalog/expressions/emit-predicate.ts";
import { arrayCode, arrow, binary, code, conditional, member, method, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { booleanCode, nullCode, numberCode, stringCode, trueCode } from "../code/literal.ts";
import { refersTo } from "../code/refers-to.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { Column } from "../ir/logical/column.ts";
import type { StreamJoinSide, StreamJoinTable } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import { durationCode } from "./duration-code.ts";
import { keySpec } from "./emit-order.ts";
import { layOut } from "../code/lay-out.ts";
import type { ColumnAccess } from "./emit-rows.ts";
import { emitLate } from "./emit-set-aside.ts";
import type { HeldValues } from "./held-values.ts";
import { keyNames } from "./key-names.ts";
import { isPackedSide } from "./packed-rows.ts";
import { streamJoinOf, variableOf, type QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { descriptorText, propertyNames } from "./value-type.ts";

const context = new Code("context", Precedence.primary, []);
const left = new Code("left", Precedence.primary, []);
const right = new Code("right", Precedence.primary, []);

/** The call that makes a join of two streams: `context.streamJoin("bids/join", { … })`. */
export function streamJoinCode(join: StreamJoinTable, scope: QueryScope): Code {
  const names = keyNames(join.left.keys);
  const keys = join.left.keys.map((key, at) => [names[at] ?? "", descriptorText(key.type, mayBeNull(join, at))] as const);
  const fields: readonly (readonly [string, Code])[] = [
    ["kind", stringCode(join.kind)],
    ["key", keySpec(keys)],
    ...(join.nullSafe.includes(true) ? [["nullSafe", arrayCode(join.nullSafe.map(booleanCode))] as const] : []),
    ["left", sideCode(join, "left", scope)],
    ["right", sideCode(join, "right", scope)],
    ...(join.residual === undefined ? [] : [["residual", residualCode(join.residual, join, scope)] as const]),
    ...(join.above.length === 0 ? [] : [["above", arrayCode(join.above.map(stringCode))] as const]),
  ];
  return method(context, join.changes ? "changingJoin" : "streamJoin", stringCode(join.id), inLines(fields));
}

/** Whether a kept row may have a null as a key: one that meets nothing is kept only where its side comes out alone. */
function mayBeNull({ kind, nullSafe, left: ofLeft, right: ofRight }: StreamJoinTable, at: number): boolean {
  const isNullable = (side: StreamJoinSide): boolean => side.keys[at]?.nullable ?? false;
  const showsLeft = kind === "left" || kind === "full" || kind === "anti";
  const showsRight = kind === "right" || kind === "full";
  return ((nullSafe[at] === true || showsLeft) && isNullable(ofLeft)) || ((nullSafe[at] === true || showsRight) && isNullable(ofRight));
}

/** An object literal of one field a line. */
export function inLines(fields: readonly (readonly [string, Code])[]): Code {
  const lines = fields.map(([name, value]) => `  ${objectCode([[name, value]]).text.slice(2, -2).replaceAll("\n", "\n  ")},`);
  return new Code(`{\n${lines.join("\n")}\n}`, Precedence.primary, fields.flatMap(([, value]) => value.uses));
}

function sideCode(join: StreamJoinTable, side: "left" | "right", scope: QueryScope): Code {
  const { columns, keeps } = join[side];
  const names = propertyNames(columns);
  const kept = keySpec(columns.map((column) => [names.get(column.id) ?? column.name, descriptorText(column.type, column.nullable)]));
  const fields = [["columns", kept] as const, ...(isPackedSide(join, side, scope.query) ? [["packed", trueCode] as const] : [])];
  if (keeps === undefined) return kept.text.includes("\n") ? inLines(fields) : layOut(fields);
  const env = new RowEnvironment(scope.module, scope.names, scope.params);
  const row = env.localName("row");
  bindSide(columns, row, env);
  const time = arrow([row], emitExpr(keeps.time, env).code);
  return inLines([...fields, ["keeps", objectCode([["time", time], ["offset", offsetCode(keeps.offset)]])]]);
}

/** Microseconds; the millisecond by which a closed bound is earlier stands by itself: `minutes(10) - milliseconds(1)`. */
function offsetCode(offset: number): Code {
  if (offset === 0) return numberCode(0);
  return offset !== -1000 && (offset + 1000) % 1_000_000 === 0 ? binary("-", durationCode(offset + 1000), durationCode(1000)) : durationCode(offset);
}

function residualCode(residual: Expr, join: StreamJoinTable, scope: QueryScope): Code {
  const env = new RowEnvironment(scope.module, scope.names, scope.params, ["left", "right"]);
  bindSide(join.left.columns, left, env);
  bindSide(join.right.columns, right, env);
  const holds = emitTrue(residual, env);
  const [readsLeft, readsRight] = [refersTo(holds, "left"), refersTo(holds, "right")];
  const first = readsLeft ? [left] : readsRight ? [new Code("_left", Precedence.primary, [])] : [];
  return arrow([...first, ...(readsRight ? [right] : [])], holds);
}

function bindSide(columns: readonly Column[], row: Code, env: RowEnvironment): void {
  const names = propertyNames(columns);
  for (const { id, name, nullable } of columns) env.bind(id, { code: member(row, names.get(id) ?? name), nullable });
}

/** Puts the row at hand into a side of a join, if it is not late. `rowOf`: the row with some columns, as an object within a width. */
export function emitJoinSide({ join: id, side }: { readonly join: string; readonly side: "left" | "right" }, scope: QueryScope, held: HeldValues, env: RowEnvironment, rowOf: (columns: readonly Column[], width: number) => Code, weight: Code, body: Block, ofLanes?: Code): void {
  const join = streamJoinOf(scope.query, id);
  const { keys, columns, meets, late } = join[side];
  const operator = variableOf(scope, "join", id);
  if (late !== undefined) emitLate({ operator, id, late, span: [], above: join.above, weight }, scope, held, env, body);
  const values = keys.map((key) => emitExpr(key, env).code);
  const condition = meets === undefined ? [] : [emitTrue(meets, env)];
  const key = arrayCode(values);
  if (ofLanes !== undefined) return body.line(code`${method(ofLanes, "add", key, new Code("row", Precedence.primary, []), ...condition)};`);
  const [add, change] = side === "left" ? ["addLeft", "changeLeft"] : ["addRight", "changeRight"];
  const row = rowOf(columns, Math.max(30, 110 - key.text.length));
  body.line(join.changes ? code`${method(operator, change, weight, key, row, ...condition)};` : code`${method(operator, add, key, row, ...condition)};`);
}

/** How a row that a join gives has a column: `left.price`, or null where that side is missing. */
export function joinedAccess(join: StreamJoinTable): ColumnAccess {
  const names = new Map([...propertyNames(join.left.columns), ...propertyNames(join.right.columns)]);
  const isLeft = new Set(join.left.columns.map(({ id }) => id));
  return ({ id, name }) => {
    const half = isLeft.has(id) ? left : right;
    const value = member(half, names.get(id) ?? name);
    const mayLack = join.kind === "full" || join.kind === (half === left ? "right" : "left");
    return mayLack ? conditional(binary("===", half, nullCode), nullCode, value) : value;
  };
}
