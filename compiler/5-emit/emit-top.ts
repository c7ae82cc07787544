import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { arrayCode, arrow, callCode, code, member, method, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { booleanCode, nullCode, numberCode, stringCode, trueCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import type { Column } from "../ir/logical/column.ts";
import type { SortItem } from "../ir/logical/plan.ts";
import { isNumeric, isTime } from "../ir/types/data-type.ts";
import type { LatestTable, TopTable } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import { keySpec } from "./emit-order.ts";
import { emitLate } from "./emit-set-aside.ts";
import { inLines } from "./emit-stream-join.ts";
import type { HeldValues } from "./held-values.ts";
import { keyNames } from "./key-names.ts";
import { asksBefore, isPackedTop, orderColumns } from "./packed-rows.ts";
import { keyOfTakenRow } from "./lane-keys.ts";
import { variableOf, type QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { descriptorText, propertyNames, rowType } from "./value-type.ts";

const context = new Code("context", Precedence.primary, []);

/** The row at hand as an object of some columns; where they are a part of a row, under the names that they have in the whole. */
type RowOf = (columns: readonly Column[], width: number, names?: ReadonlyMap<number, string>) => Code;

/** The call that makes a `top`: `context.top("best/top", { … })`. */
export function topTableCode(top: TopTable, scope: QueryScope): Code {
  const { spec, columns, closing } = top;
  const names = keyNames(spec.per);
  const fields: readonly (readonly [string, Code])[] = [
    ["count", numberCode(spec.count)],
    ["ties", booleanCode(spec.ties)],
    ["ranked", booleanCode(spec.rank !== undefined)],
    ["per", keySpec(spec.per.map((expr, at) => [names[at] ?? "", descriptorText(expr.type, expr.nullable)]))],
    ["columns", columnSpec(columns)],
    ["by", orderSpec(top, scope)],
    ...(top.takesBack ? [["takesBack", trueCode] as const] : []),
    ...(isPackedTop(top, scope.query) ? [["packed", trueCode] as const] : []),
    ...(closing === undefined ? [] : [["closing", objectCode([["key", stringCode(names[closing] ?? "")]])] as const]),
    ...(top.underWatermark ? [["underWatermark", trueCode] as const] : []),
    ...(top.above.length === 0 ? [] : [["above", arrayCode(top.above.map(stringCode))] as const]),
  ];
  return method(context, "top", stringCode(top.id), inLines(fields));
}

/** The call that keeps the newest row of each key: `context.latestRows("rates/join", { … })`. */
export function latestRowsCode({ id, keys, columns, closing, above }: LatestTable): Code {
  const names = keyNames(keys);
  const fields: readonly (readonly [string, Code])[] = [
    ["key", keySpec(keys.map((expr, at) => [names[at] ?? "", descriptorText(expr.type, expr.nullable)]))],
    ["columns", columnSpec(columns)],
    ...(closing === undefined ? [] : [["closing", objectCode([["key", stringCode(names[closing] ?? "")]])] as const]),
    ...(above.length === 0 ? [] : [["above", arrayCode(above.map(stringCode))] as const]),
  ];
  return method(context, "latestRows", stringCode(id), inLines(fields));
}

/** Puts the row at hand into a `top`. Where rows stay, one that cannot be among the first is not made. `weight`: of changes. */
export function emitTopRow(top: TopTable, weight: Code | undefined, scope: QueryScope, held: HeldValues, env: RowEnvironment, rowOf: RowOf, body: Block, ofLanes?: Code): void {
  const operator = variableOf(scope, "top", top.id);
  const one = numberCode(1);
  if (top.late !== undefined) emitLate({ operator, id: top.id, late: top.late, span: [], above: top.above, weight: weight ?? one }, scope, held, env, body);
  const keys = top.spec.per.map((expr) => ({ type: expr.type, value: emitExpr(expr, env) }));
  if (ofLanes !== undefined) return body.line(code`${method(ofLanes, "add", new Code("row", Precedence.primary, []), firstNumber(top, env), ...keys.map(keyOfTakenRow))};`);
  const key = arrayCode(keys.map(({ value }) => value.code));
  const width = Math.max(30, 110 - key.text.length);
  if (top.takesBack) return body.line(code`${method(operator, "change", weight ?? one, key, rowOf(top.columns, width))};`);
  if (!asksBefore(top)) return body.line(code`${method(operator, "add", key, rowOf(top.columns, width))};`);
  // The operator knows the array again: its key is looked up once.
  const keyConstant = env.localName("key");
  body.line(code`const ${keyConstant} = ${key};`);
  body.line(code`if (!${method(operator, "admits", keyConstant, rowOf(orderColumns(top), 100, propertyNames(top.columns)))}) continue;`);
  body.line(code`${method(operator, "add", keyConstant, rowOf(top.columns, 100))};`);
}

/** What a row is ordered by first where that is a number, else null: so it is compared with others without being made. */
function firstNumber({ spec: { order: [first] } }: TopTable, env: RowEnvironment): Code {
  return first === undefined || !(isNumeric(first.expr.type) || isTime(first.expr.type)) ? nullCode : emitExpr(first.expr, env).code;
}

/** Puts a change at hand into the latest rows. */
export function emitLatestChange({ id, keys, columns }: LatestTable, weight: Code, scope: QueryScope, env: RowEnvironment, rowOf: RowOf, body: Block): void {
  const key = arrayCode(keys.map((expr) => emitExpr(expr, env).code));
  body.line(code`${method(variableOf(scope, "lookup", id), "change", weight, key, rowOf(columns, Math.max(30, 110 - key.text.length)))};`);
}

/** `{ url: "string" }` under the names that rows of the columns have. */
export function columnSpec(columns: readonly Column[]): Code {
  const names = propertyNames(columns);
  return keySpec(columns.map((column) => [names.get(column.id) ?? column.name, descriptorText(column.type, column.nullable)]));
}

function orderSpec(top: TopTable, scope: QueryScope): Code {
  const columns = orderColumns(top);
  const names = propertyNames(top.columns);
  const row: OrderedRow = { columns, names, type: rowType(columns, names) };
  const items = top.spec.order.map((item) => orderItem(item, row, scope));
  if (items.reduce((length, item) => length + item.text.length + 2, 0) <= 100) return arrayCode(items);
  return new Code(`[\n${items.map((item) => `  ${item.text},\n`).join("")}]`, Precedence.primary, items.flatMap(({ uses }) => uses));
}

/** What an order reads of a row. */
interface OrderedRow {
  readonly columns: readonly Column[];
  readonly names: ReadonlyMap<number, string>;
  readonly type: string;
}

function orderItem({ expr, descending, nullsFirst }: SortItem, { columns, names, type }: OrderedRow, scope: QueryScope): Code {
  const env = new RowEnvironment(scope.module, scope.names, scope.params);
  const row = env.localName("row");
  for (const { id, name, nullable } of columns) env.bind(id, { code: member(row, names.get(id) ?? name), nullable });
  const value = arrow([new Code(`${row.text}: ${type}`, 0, [])], emitExpr(expr, env).code);
  const nulls = nullsFirst === !descending ? [] : [stringCode(nullsFirst ? "nulls first" : "nulls last")];
  return callCode(runtime(descending ? "descending" : "ascending"), value, new Code(descriptorText(expr.type, expr.nullable), Precedence.primary, []), ...nulls);
}
