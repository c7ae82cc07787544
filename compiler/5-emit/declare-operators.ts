import type { EmittedValue } from "../catalog/expressions/environment.ts";
import { arrow, code } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { stringCode } from "../code/literal.ts";
import type { Column } from "../ir/logical/column.ts";
import type { GroupTable, PhysicalProgram, StreamJoinTable } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import { declareCall } from "./emit-call.ts";
import { limitCode, seenKeysCode, tableCode, watermarkCode } from "./emit-operator.ts";
import { orderCode, placeSpec, topCode } from "./emit-order.ts";
import { streamJoinCode } from "./emit-stream-join.ts";
import { layOut } from "../code/lay-out.ts";
import { columnSpec, latestRowsCode, topTableCode } from "./emit-top.ts";
import { lateRoutes } from "./late-routes.ts";
import { paramCode } from "./param-code.ts";
import { userStateCode } from "./emit-user-state.ts";
import { variableOf, type QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { propertyNames, rowType } from "./value-type.ts";
import { groupAccess } from "./group-access.ts";
import { runtimeType } from "./runtime-type.ts";
import { isFirstInto } from "./filled-places.ts";
import { paramsOf } from "./query-params.ts";
import { selectedOf, selectingCode } from "./selected-pairs.ts";

/** `const limit = context.params.limit;` */
export function declareParam(body: Block, query: PhysicalProgram, scope: QueryScope, value: EmittedValue): void {
  const param = paramsOf(query).find((candidate) => scope.params.get(candidate.name) === value);
  if (param !== undefined) body.line(code`const ${value.code} = ${paramCode(param, new Code("context.params", Precedence.postfix, []))};`);
}

/** The operators of a query, its side outputs and its buffers, a constant each. */
export function declareOperators(body: Block, query: PhysicalProgram, scope: QueryScope, outputs: readonly OutputRows[], lateType: (sideOutput: string) => string): void {
  for (const table of query.tables) body.line(code`const ${variableOf(scope, "table", table.id)} = ${tableCode(table, scope.module)};`);
  for (const lookup of query.lookups) {
    const variable = variableOf(scope, "lookup", lookup.id);
    const key = placeSpec(lookup.keys, (at) => lookup.nullSafe[at] === true && (lookup.keys[at]?.nullable ?? false));
    body.line(code`const ${variable} = context.lookup<${new Code(rowType(lookup.columns), 0, [])}>({ key: ${key} });`);
  }
  for (const join of query.joins) declareJoin(body, join, query, scope);
  for (const table of query.tables) if (table.changes !== undefined) declareGroupRows(body, table, table.changes, scope);
  for (const top of query.tops) body.line(code`const ${variableOf(scope, "top", top.id)} = ${topTableCode(top, scope)};`);
  for (const state of query.states) body.line(code`const ${variableOf(scope, "state", state.id)} = ${userStateCode(state, scope)};`);
  for (const rows of query.latest) body.line(code`const ${variableOf(scope, "lookup", rows.id)} = ${latestRowsCode(rows)};`);
  for (const set of query.keySets) body.line(code`const ${variableOf(scope, "keys", set.id)} = ${seenKeysCode(set)};`);
  for (const limit of query.limits) body.line(code`const ${variableOf(scope, "limit", limit.id)} = ${limitCode(limit, new RowEnvironment(scope.module, scope.names, scope.params))};`);
  for (const spec of query.watermarks) body.line(code`const ${variableOf(scope, "watermark", spec.operatorId)} = ${watermarkCode(spec)};`);
  for (const name of new Set(lateRoutes(query).map(({ sideOutput }) => sideOutput))) {
    body.line(code`const ${variableOf(scope, "side output", name)} = context.sideOutput<${new Code(lateType(name), 0, [])}>(${stringCode(name)});`);
  }
  for (const call of query.calls) declareCall(body, call, scope);
  for (const pipeline of query.pipelines) {
    const { consumer } = pipeline;
    if (consumer.kind !== "rows" || !isFirstInto(pipeline, query)) continue;
    const buffer = variableOf(scope, "buffer", consumer.buffer);
    const type = new Code(outputs.find(({ columns }) => sameColumns(consumer.columns, columns))?.type ?? rowType(consumer.columns), 0, []);
    body.line(code`const ${buffer}: ${type}[] = [];`);
    if (consumer.top !== undefined) body.line(code`const ${topName(buffer)}: ${runtimeType("TopOrder")}<${type}> = ${topCode(consumer.columns, consumer.top, scope)};`);
    if (consumer.order !== undefined) body.line(code`const ${orderName(buffer)} = ${orderCode(consumer.columns, consumer.order, scope, type)};`);
  }
}

/** A join, and what is read of it where that is columns of its sides alone: `const joinedOut = outJoin.selecting({ … });`. */
function declareJoin(body: Block, join: StreamJoinTable, query: PhysicalProgram, scope: QueryScope): void {
  body.line(code`const ${variableOf(scope, "join", join.id)} = ${streamJoinCode(join, scope)};`);
  const selected = selectedOf(join, query);
  if (selected !== undefined) body.line(code`const ${variableOf(scope, "joined rows", join.id)} = ${selectingCode(join, selected, scope)};`);
}

/** `const closingRows = context.groupRows(closing, { … }, (groups, slot) => ({ … }));` */
function declareGroupRows(body: Block, table: GroupTable, columns: readonly Column[], scope: QueryScope): void {
  const [groups, slot] = [new Code("groups", Precedence.primary, []), new Code("slot", Precedence.primary, [])];
  const access = groupAccess(table, columns, groups, slot);
  const names = propertyNames(columns);
  const row = arrow([groups, slot], layOut(columns.map((column) => [names.get(column.id) ?? column.name, access(column)])));
  body.line(code`const ${variableOf(scope, "group rows", table.id)} = context.groupRows(${variableOf(scope, "table", table.id)}, ${columnSpec(columns)}, ${row});`);
}

/** Whether two lists are the same columns under the same names. */
function sameColumns(a: readonly Column[], b: readonly Column[]): boolean {
  return a.length === b.length && a.every((column, at) => column.id === b[at]?.id && column.nullable === b[at]?.nullable);
}

/** The rows of a sink: their columns, and the type that the module has for them. */
export interface OutputRows {
  readonly columns: readonly Column[];
  readonly type: string;
}

/** The order of a buffer: `resultOrder` of `resultRows`. */
export function orderName(buffer: Code): Code {
  return new Code(`${buffer.text.replace(/Rows(\d*)$/, "$1")}Order`, Precedence.primary, []);
}

/** What `takeTop` is to take of a buffer. */
export function topName(buffer: Code): Code {
  return new Code(`${buffer.text.replace(/Rows(\d*)$/, "$1")}Top`, Precedence.primary, []);
}
