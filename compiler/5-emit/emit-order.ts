import { arrow, callCode, code, joinCode, member } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { booleanCode, numberCode, stringCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { Column } from "../ir/logical/column.ts";
import type { SortItem, TopSpec } from "../ir/logical/plan.ts";
import { layOut } from "../code/lay-out.ts";
import { textProperty } from "./object-member.ts";
import type { QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { descriptorText, propertyNames } from "./value-type.ts";

/** `{ url: "string", hits: "long" }`: names with the types that the runtime knows. */
export function keySpec(fields: readonly (readonly [string, string])[]): Code {
  return layOut(fields.map(([name, descriptor]) => [name, textProperty(name, new Code(descriptor, Precedence.primary, []))]));
}

/** `{ key1: "string?" }`: keys that are known by their places. */
export function placeSpec(keys: readonly Expr[], isNullable: (at: number) => boolean): Code {
  return keySpec(keys.map((expr, at) => [`key${at + 1}`, descriptorText(expr.type, isNullable(at))]));
}

/** Rows equal in every item are ordered by all columns, so that the order does not depend on how the rows came. */
export function orderCode(columns: readonly Column[], items: readonly SortItem[], scope: QueryScope, type: Code): Code {
  const args = [contentSpec(columns), ...items.map((item) => sortKey(columns, item, scope))];
  const inLine = args.reduce((length, arg) => length + arg.text.length + 2, 0) <= 90;
  // An argument of several lines stands as deep as the others.
  const lines = args.map((arg) => new Code(arg.text.replaceAll("\n", "\n  "), arg.precedence, arg.uses));
  return code`${runtime("rowOrder")}<${type}>(${inLine ? joinCode(args, ", ") : code`\n  ${joinCode(lines, ",\n  ")},\n`})`;
}

/** What `takeTop` is to take. */
export function topCode(columns: readonly Column[], { count, ties, order, per }: TopSpec, scope: QueryScope): Code {
  const list = (items: readonly SortItem[]): Code => {
    const keys = items.map((item) => sortKey(columns, item, scope));
    return new Code(`[${joinCode(keys, ", ").text}]`, Precedence.primary, joinCode(keys, ", ").uses);
  };
  const fields: readonly (readonly [string, Code])[] = [
    ["count", numberCode(count)],
    ["ties", booleanCode(ties)],
    ["per", list(per.map((expr) => ({ expr, descending: false, nullsFirst: true })))],
    ["by", list(order)],
    ["content", contentSpec(columns)],
  ];
  return code`{\n${joinCode(fields.map(([name, value]) => code`  ${new Code(name, Precedence.primary, [])}: ${value},`), "\n")}\n}`;
}

function contentSpec(columns: readonly Column[]): Code {
  const names = propertyNames(columns);
  return keySpec(columns.map((column) => [names.get(column.id) ?? column.name, descriptorText(column.type, column.nullable)]));
}

function sortKey(columns: readonly Column[], item: SortItem, scope: QueryScope): Code {
  const names = propertyNames(columns);
  const env = new RowEnvironment(scope.module, scope.names, scope.params);
  const row = env.localName("row");
  for (const column of columns) env.bind(column.id, { code: member(row, names.get(column.id) ?? column.name), nullable: column.nullable });
  const value = arrow([row], emitExpr(item.expr, env).code);
  const nulls = item.nullsFirst === !item.descending ? [] : [stringCode(item.nullsFirst ? "nulls first" : "nulls last")];
  const descriptor = new Code(descriptorText(item.expr.type, item.expr.nullable), Precedence.primary, []);
  return callCode(runtime(item.descending ? "descending" : "ascending"), value, descriptor, ...nulls);
}
