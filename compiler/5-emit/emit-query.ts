import { emitExpr } from "../catalog/expressions/emit-expr.ts";
import { canFail } from "../catalog/expressions/can-fail.ts";
import { visitExpr } from "../ir/expr/walk.ts";
import type { EmittedValue } from "../catalog/expressions/environment.ts";
import { callCode, code, joinCode, member, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { commentText, nullCode, stringCode } from "../code/literal.ts";
import { refersTo } from "../code/refers-to.ts";
import { runtime } from "../code/runtime-name.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { Column } from "../ir/logical/column.ts";
import type { Emit, GroupTable, PhysicalProgram, Pipeline } from "../ir/physical/physical.ts";
import type { SourceText } from "../source/source-text.ts";
import { laneOf, resultCode } from "./aggregate-code.ts";
import { Block } from "./block.ts";
import { readLane } from "./column-access.ts";
import { block } from "./emit-definition.ts";
import { limitCode, seenKeysCode, tableCode, watermarkCode } from "./emit-operator.ts";
import { orderCode, placeSpec, topCode } from "./emit-order.ts";
import { joinedAccess, streamJoinCode } from "./emit-stream-join.ts";
import { emitRows, layOut, type ColumnAccess } from "./emit-rows.ts";
import { lateRoutes } from "./late-routes.ts";
import type { ModuleScope } from "./module-scope.ts";
import { paramCode } from "./param-code.ts";
import { expressionsOf, joinExpressions, tableExpressions } from "./pipeline-expressions.ts";
import { keySetOf, streamJoinOf, tableOf, variableOf, type QueryScope } from "./query-scope.ts";
import { RowEnvironment } from "./row-environment.ts";
import { runtimeWords } from "./runtime-words.ts";
import { propertyNames, rowType } from "./value-type.ts";

/** The function `build` of a query: its operators, a loop for each read, and what is emitted at the end of a batch. */
export function emitBuild(query: PhysicalProgram, module: ModuleScope, source: SourceText, { outputs, columnsType, lateType }: BuildTypes): Code {
  const scope = makeScope(query, module, source);
  const body = new Block();
  for (const [, value] of scope.params) if (value.code.text !== "") declareParam(body, query, scope, value);
  declareOperators(body, query, scope, outputs, lateType);
  const reads: (readonly [string, Code])[] = [];
  const finish = new Block();
  let handler: HandlerParts | undefined;
  const lastRead = query.pipelines.findLastIndex(({ producer }) => producer.kind === "read");
  for (const [at, pipeline] of query.pipelines.entries()) {
    if (pipeline.producer.kind === "read") {
      const { name } = pipeline.producer.read;
      if (handler?.name !== name) {
        if (handler !== undefined) reads.push(endHandler(body, handler));
        handler = { name, columnsType: columnsType(name), functions: [], begin: new Block(), process: new Block(), end: new Block() };
      }
      emitHandler(handler, pipeline, scope, query);
    } else if (at < lastRead && handler !== undefined) {
      // What a later read stands on is done as soon as all that fills it is read.
      emitHeld(handler.end, pipeline, scope);
    } else {
      emitHeld(finish, pipeline, scope);
    }
  }
  if (handler !== undefined) reads.push(endHandler(body, handler));
  if (!finish.isEmpty) {
    body.blank();
    body.open(code`function finish(): void {`);
    body.append(finish);
    body.close(code`}`);
  }
  body.blank();
  body.line(programCode(reads, !finish.isEmpty));
  return body.code;
}

/** What `build` gives; laid out over lines where a read is more than a function. */
function programCode(reads: readonly (readonly [string, Code])[], finishes: boolean): Code {
  if (!reads.some(([, handler]) => handler.text.includes("\n"))) return code`return { reads: ${layOut(reads)}${new Code(finishes ? ", finish" : "", 0, [])} };`;
  const fields = block([["reads", block(reads)], ...(finishes ? [["finish", new Code("finish", Precedence.primary, [])] as const] : [])]);
  return code`return ${fields};`;
}

/** The types that the module has for what a query reads and gives. */
export interface BuildTypes {
  readonly outputs: readonly OutputRows[];
  readonly columnsType: (read: string) => string;
  /** That of the rows of a side output that takes late rows. */
  readonly lateType: (sideOutput: string) => string;
}

/** The rows of a sink: their columns, and the type that the module has for them. */
export interface OutputRows {
  readonly columns: readonly Column[];
  readonly type: string;
}

interface HandlerParts {
  readonly name: string;
  readonly columnsType: string;
  /** One for each pipeline that takes what is read. */
  readonly functions: Code[];
  readonly begin: Block;
  readonly process: Block;
  readonly end: Block;
}

function makeScope(query: PhysicalProgram, module: ModuleScope, source: SourceText): QueryScope {
  const names = module.names.child();
  const variables = new Map<string, Code>();
  const params = new Map<string, EmittedValue>();
  // What build itself calls must not be hidden by a variable of build.
  for (const name of ["process", "finish", "groups", "rows", "order"]) if (!names.has(name)) names.name(name);
  const scope: QueryScope = { query, source, module, names, params, variables };
  for (const param of paramsOf(query)) if (!params.has(param.name)) params.set(param.name, { code: names.name(param.name, runtimeWords), nullable: param.nullable });
  for (const table of query.tables) variables.set(`table ${table.id}`, names.name(names.has(hintOf(table.id)) || runtimeWords.has(hintOf(table.id)) ? `${hintOf(table.id)}Groups` : hintOf(table.id), runtimeWords));
  for (const lookup of query.lookups) variables.set(`lookup ${lookup.id}`, names.name(`${lookup.relation}Table`, runtimeWords));
  for (const join of query.joins) variables.set(`join ${join.id}`, names.name(`${hintOf(join.id)} join`, runtimeWords));
  for (const watermark of query.watermarks) variables.set(`watermark ${watermark.operatorId}`, names.name(`${hintOf(watermark.operatorId)}Watermark`, runtimeWords));
  for (const keys of query.keySets) variables.set(`keys ${keys.id}`, names.name(`${hintOf(keys.id)} seen`, runtimeWords));
  for (const { id } of query.limits) variables.set(`limit ${id}`, names.name(`${hintOf(id)} limit`, runtimeWords));
  for (const { sideOutput } of lateRoutes(query)) {
    if (!variables.has(`side output ${sideOutput}`)) variables.set(`side output ${sideOutput}`, names.name(/rows$/i.test(sideOutput) ? sideOutput : sideOutput.includes("_") ? `${sideOutput}_rows` : `${sideOutput} rows`, runtimeWords));
  }
  for (const { consumer } of query.pipelines) {
    if (consumer.kind === "rows" && !variables.has(`buffer ${consumer.buffer}`)) {
      variables.set(`buffer ${consumer.buffer}`, names.name(`${consumer.buffer === "rows" ? "result" : consumer.buffer}Rows`, runtimeWords));
    }
  }
  return scope;
}

/** `ranking/aggregate` → `ranking`, `ranking/perHour` → `ranking`, `out/ranking/aggregate` → `ranking`. */
function hintOf(operatorId: string): string {
  return operatorId.split("/").at(-2) ?? operatorId;
}

function paramsOf(query: PhysicalProgram): readonly Extract<Expr, { kind: "ParamRef" }>[] {
  const found: Extract<Expr, { kind: "ParamRef" }>[] = [];
  const look = (expr: Expr | undefined): void => {
    if (expr !== undefined) visitExpr(expr, (node) => (node.kind === "ParamRef" ? void found.push(node) : undefined));
  };
  for (const pipeline of query.pipelines) for (const expr of expressionsOf(pipeline)) look(expr);
  for (const table of query.tables) for (const expr of tableExpressions(table)) look(expr);
  for (const { count } of query.limits) look(count);
  for (const join of query.joins) for (const expr of [...joinExpressions(join, "left"), ...joinExpressions(join, "right")]) look(expr);
  return found;
}

function declareParam(body: Block, query: PhysicalProgram, scope: QueryScope, value: EmittedValue): void {
  const param = paramsOf(query).find((candidate) => scope.params.get(candidate.name) === value);
  if (param !== undefined) body.line(code`const ${value.code} = ${paramCode(param, new Code("context.params", Precedence.postfix, []))};`);
}

function declareOperators(body: Block, query: PhysicalProgram, scope: QueryScope, outputs: readonly OutputRows[], lateType: BuildTypes["lateType"]): void {
  for (const table of query.tables) body.line(code`const ${variableOf(scope, "table", table.id)} = ${tableCode(table)};`);
  for (const lookup of query.lookups) {
    const variable = variableOf(scope, "lookup", lookup.id);
    const key = placeSpec(lookup.keys, (at) => lookup.nullSafe[at] === true && (lookup.keys[at]?.nullable ?? false));
    body.line(code`const ${variable} = context.lookup<${new Code(rowType(lookup.columns), 0, [])}>({ key: ${key} });`);
  }
  for (const join of query.joins) body.line(code`const ${variableOf(scope, "join", join.id)} = ${streamJoinCode(join, scope)};`);
  for (const set of query.keySets) body.line(code`const ${variableOf(scope, "keys", set.id)} = ${seenKeysCode(set)};`);
  for (const limit of query.limits) body.line(code`const ${variableOf(scope, "limit", limit.id)} = ${limitCode(limit, new RowEnvironment(scope.module, scope.names, scope.params))};`);
  for (const spec of query.watermarks) body.line(code`const ${variableOf(scope, "watermark", spec.operatorId)} = ${watermarkCode(spec)};`);
  for (const name of new Set(lateRoutes(query).map(({ sideOutput }) => sideOutput))) {
    body.line(code`const ${variableOf(scope, "side output", name)} = context.sideOutput<${new Code(lateType(name), 0, [])}>(${stringCode(name)});`);
  }
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

/** Where a pipeline's rows end: the name of a table, lookup or buffer; the output has none. */
function placeOf({ consumer }: Pipeline): string | undefined {
  switch (consumer.kind) {
    case "groups":
      return `table ${consumer.table}`;
    case "lookup":
      return `lookup ${consumer.lookup}`;
    case "rows":
      return `buffer ${consumer.buffer}`;
    case "join side":
      return `join ${consumer.join}`;
    case "marks":
    case "output":
      return undefined;
  }
}

/** Whether no pipeline before it ends in the same place. */
function isFirstInto(pipeline: Pipeline, query: PhysicalProgram): boolean {
  return query.pipelines.find((other) => placeOf(other) === placeOf(pipeline)) === pipeline;
}

/** Whether two lists are the same columns under the same names. */
function sameColumns(a: readonly Column[], b: readonly Column[]): boolean {
  return a.length === b.length && a.every((column, at) => column.id === b[at]?.id && column.nullable === b[at]?.nullable);
}

/** Adding to an exact sum may overflow, and how often a value counts in a percentile may be negative. */
function feedsSums(pipeline: Pipeline, query: PhysicalProgram): boolean {
  if (pipeline.consumer.kind !== "groups") return false;
  return tableOf(query, pipeline.consumer.table).aggregates.some(({ call }) => ((call.name === "sum" || call.name === "avg") && call.args.some((arg) => arg.type.kind !== "double")) || (call.name.startsWith("percentile") && call.args.length === 3 && call.args[2]?.kind !== "Literal"));
}

function orderName(buffer: Code): Code {
  return new Code(`${buffer.text.replace(/Rows(\d*)$/, "$1")}Order`, Precedence.primary, []);
}

function topName(buffer: Code): Code {
  return new Code(`${buffer.text.replace(/Rows(\d*)$/, "$1")}Top`, Precedence.primary, []);
}

function titleOf(pipeline: Pipeline, scope: QueryScope): Code {
  const place = pipeline.origin === undefined ? "" : `    line ${scope.source.locate(pipeline.origin.start).line}`;
  return new Code(`// ${commentText(pipeline.title)}${place}`, 0, []);
}

/** The name of the function that takes a read's batches through a pipeline. */
function functionNameOf(name: string, pipeline: Pipeline, scope: QueryScope, query: PhysicalProgram): Code {
  const reading = query.pipelines.filter((other) => other.producer.kind === "read" && !other.isStatic);
  if (!pipeline.isStatic && reading.length === 1) return new Code("process", Precedence.primary, []);
  const sharing = query.pipelines.filter((other) => other !== pipeline && other.producer.kind === "read" && other.producer.read.name === name);
  // A stream joined with itself is on both sides of one sink.
  const side = pipeline.consumer.kind === "join side" && sharing.some(({ sink }) => sink === pipeline.sink) ? [pipeline.consumer.side] : [];
  const part = sharing.length === 0 ? "" : ["", "for", ...(pipeline.sink === undefined ? [] : [pipeline.sink]), ...side].join(" ");
  return scope.names.name(`${pipeline.isStatic ? "load" : "process"} ${name}${part}`, runtimeWords);
}

function emitHandler({ name, columnsType, functions, begin, process }: HandlerParts, pipeline: Pipeline, scope: QueryScope, query: PhysicalProgram): void {
  const read = pipeline.producer.kind === "read" ? pipeline.producer.read : undefined;
  const functionName = functionNameOf(name, pipeline, scope, query);
  if (functions.length > 0) process.blank();
  functions.push(functionName);
  emitClear(begin, pipeline, scope);
  const access: ColumnAccess = (column) => readLane(member(new Code("columns", Precedence.primary, []), column.name), new Code("row", Precedence.primary, []), column);
  const rows = emitRows({ pipeline, columns: read?.columns ?? [], access, mark: undefined, variables: ["row"] }, scope);
  const guarded = [...expressionsOf(pipeline), ...fedExpressions(pipeline, query)].some(canFail) || feedsSums(pipeline, query);
  process.line(titleOf(pipeline, scope));
  process.open(code`function ${functionName}(batch: ${runtimeType("ColumnBatch")}<${new Code(columnsType, 0, [])}>): void {`);
  if (refersTo(rows.code, "columns")) process.line(code`const { columns } = batch;`);
  if (guarded) {
    process.line(code`let row = 0;`);
    process.open(code`try {`);
    process.open(code`for (; row < batch.length; row++) {`);
    process.append(rows);
    process.close(code`}`);
    process.close(code`} catch (error) {`);
    process.line(code`  throw context.rowFailure(error, batch, row);`);
    process.line(code`}`);
  } else {
    process.open(code`for (let row = 0; row < batch.length; row++) {`);
    process.append(rows);
    process.close(code`}`);
  }
  process.close(code`}`);
}

/** The expressions of the operator that a pipeline feeds. */
function fedExpressions({ consumer }: Pipeline, query: PhysicalProgram): readonly Expr[] {
  if (consumer.kind === "groups") return tableExpressions(tableOf(query, consumer.table));
  return consumer.kind === "join side" ? joinExpressions(streamJoinOf(query, consumer.join), consumer.side) : [];
}

function runtimeType(name: string): Code {
  return new Code(name, Precedence.primary, [{ module: "runtime", name: `type ${name}` }]);
}

function endHandler(body: Block, { name, columnsType, functions, begin, process, end }: HandlerParts): readonly [string, Code] {
  body.blank();
  body.append(process);
  const [only, ...others] = functions;
  if (only !== undefined && others.length === 0 && begin.isEmpty && end.isEmpty) return [name, only];
  const parts: Code[] = [];
  if (!begin.isEmpty) parts.push(code`begin() {\n${indent(begin.code)}\n}`);
  if (only !== undefined && others.length === 0) {
    parts.push(code`process: ${only}`);
  } else {
    const calls = joinCode(functions.map((called) => code`  ${called}(batch);`), "\n");
    parts.push(code`process(batch: ${runtimeType("ColumnBatch")}<${new Code(columnsType, 0, [])}>) {\n${calls}\n}`);
  }
  if (!end.isEmpty) parts.push(code`end() {\n${indent(end.code)}\n}`);
  const handler = code`{\n${indent(joinCode(parts, ",\n"))},\n}`;
  return [name, new Code(handler.text, Precedence.primary, handler.uses)];
}

function indent(inner: Code): Code {
  return new Code(inner.text.replace(/^(?=.)/gm, "  "), 0, inner.uses);
}

/** What is made anew each time is emptied first. */
function emitClear(into: Block, pipeline: Pipeline, scope: QueryScope): void {
  const { consumer } = pipeline;
  for (const step of pipeline.steps) {
    if (step.kind === "first" && keySetOf(scope.query, step.set).kept === undefined && firstWith(step.set, scope.query) === pipeline) into.line(code`${method(variableOf(scope, "keys", step.set), "clear")};`);
  }
  if (!isFirstInto(pipeline, scope.query)) return;
  if (consumer.kind === "lookup") into.line(code`${method(variableOf(scope, "lookup", consumer.lookup), "clear")};`);
  if (consumer.kind === "groups" && !tableOf(scope.query, consumer.table).kept) into.line(code`${method(variableOf(scope, "table", consumer.table), "clear")};`);
}

/** The first pipeline that asks a set of keys. */
function firstWith(set: string, query: PhysicalProgram): Pipeline | undefined {
  return query.pipelines.find(({ steps }) => steps.some((step) => step.kind === "first" && step.set === set));
}

/** A loop over what a stateful operator or a buffer holds. */
function emitHeld(into: Block, pipeline: Pipeline, scope: QueryScope): void {
  const { producer } = pipeline;
  into.blank();
  into.line(titleOf(pipeline, scope));
  emitClear(into, pipeline, scope);
  const row = new Code("row", Precedence.primary, []);
  if (producer.kind === "lookup") {
    const names = propertyNames(producer.columns);
    const rows = emitRows({ pipeline, columns: producer.columns, access: (column) => member(row, names.get(column.id) ?? column.name), mark: undefined, variables: ["row"] }, scope);
    const found = method(variableOf(scope, "lookup", producer.lookup), producer.matched ? "takeMatched" : "takeUnmatched");
    into.open(code`for (const ${new Code(refersTo(rows.code, "row") ? "row" : "_row", Precedence.primary, [])} of ${found}) {`);
    into.append(rows);
    into.close(code`}`);
    return;
  }
  if (producer.kind === "rows") {
    const buffer = variableOf(scope, "buffer", producer.buffer);
    const filled = scope.query.pipelines.find((other) => other.consumer.kind === "rows" && other.consumer.buffer === producer.buffer)?.consumer;
    const order = filled?.kind === "rows" && filled.order !== undefined ? orderName(buffer) : undefined;
    const limit = filled?.kind === "rows" && filled.limit !== undefined ? emitExpr(filled.limit, new RowEnvironment(scope.module, scope.names, scope.params)).code : undefined;
    const args = [buffer, ...(order === undefined && limit === undefined ? [] : [order ?? new Code("undefined", Precedence.primary, [])]), ...(limit === undefined ? [] : [limit])];
    const names = propertyNames(producer.columns);
    if (filled?.kind === "rows" && filled.top !== undefined) {
      const rank = filled.top.rank?.id;
      const access: ColumnAccess = (column) => (column.id === rank ? new Code("rank", Precedence.primary, []) : member(row, names.get(column.id) ?? column.name));
      const rows = emitRows({ pipeline, columns: producer.columns, access, mark: undefined, variables: ["row", "rank"] }, scope);
      const parts = ["row", "rank"].filter((name) => refersTo(rows.code, name)).join(", ");
      into.open(code`for (const { ${new Code(parts, Precedence.primary, [])} } of ${callCode(runtime("takeTop"), buffer, topName(buffer))}) {`);
      into.append(rows);
      into.close(code`}`);
      return;
    }
    const rows = emitRows({ pipeline, columns: producer.columns, access: (column) => member(row, names.get(column.id) ?? column.name), mark: undefined, variables: ["row"] }, scope);
    into.open(code`for (const ${new Code(refersTo(rows.code, "row") ? "row" : "_row", Precedence.primary, [])} of ${callCode(runtime("takeRows"), ...args)}) {`);
    into.append(rows);
    into.close(code`}`);
    return;
  }
  if (producer.kind === "joined") {
    const rows = emitRows({ pipeline, columns: producer.columns, access: joinedAccess(streamJoinOf(scope.query, producer.join)), mark: undefined, variables: ["left", "right"] }, scope);
    const parts = ["left", "right"].filter((name) => refersTo(rows.code, name)).join(", ");
    into.open(code`for (const ${new Code(parts === "" ? "_pair" : `{ ${parts} }`, Precedence.primary, [])} of ${method(variableOf(scope, "join", producer.join), "take")}) {`);
    into.append(rows);
    into.close(code`}`);
    return;
  }
  if (producer.kind !== "groups") return;
  const table = tableOf(scope.query, producer.table);
  // Several results may be read in one function.
  const single = scope.query.pipelines.filter((other) => other.producer.kind === "groups").length === 1;
  const view = single ? new Code("groups", Precedence.primary, []) : scope.names.name(`${hintOf(table.id)} result`, runtimeWords);
  const slot = new Code("slot", Precedence.primary, []);
  const changing = producer.emit === "onChange";
  into.line(code`const ${view} = ${method(variableOf(scope, "table", table.id), viewOf(producer.emit))};`);
  const mark = changing ? (present: Code): Code => method(view, "mark", slot, present) : undefined;
  const rows = emitRows({ pipeline, columns: producer.columns, access: groupAccess(table, producer.columns, view, slot), mark, variables: ["slot"] }, scope);
  into.open(code`for (const ${new Code(refersTo(rows.code, "slot") ? "slot" : "_slot", Precedence.primary, [])} of ${view}.slots) {`);
  into.append(rows);
  into.close(code`}`);
}

/** How an emit strategy reads a table. */
function viewOf(emit: Emit): string {
  return emit === "onClose" ? "closed" : emit === "onChange" ? "changes" : "snapshot";
}

/**
 * A column of a group: a key, a bound of its window, or an aggregate's result, told by its place. A table that is read more than
 * once has columns of their own for each reading.
 */
function groupAccess(table: GroupTable, columns: readonly Column[], view: Code, slot: Code): ColumnAccess {
  const values = [
    ...table.groups.flatMap((item) => (item.kind === "key" ? [method(member(member(view, "keys"), item.key.name), "get", slot)] : [method(view, "windowStart", slot), method(view, "windowEnd", slot)])),
    ...table.aggregates.map((column) => (column.call.type.kind === "null" ? nullCode : resultCode(column.call, member(member(view, "lanes"), laneOf(table, column).name), slot))),
  ];
  const byId = new Map(columns.map(({ id }, at) => [id, values[at]]));
  return ({ id, name }) => byId.get(id) ?? internalError("E9007", `the groups of ${table.id} have no column ${name} (${id})`);
}
