import { canFail } from "../catalog/expressions/can-fail.ts";
import { code, joinCode, member, method } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { stringCode } from "../code/literal.ts";
import { refersTo } from "../code/refers-to.ts";
import type { Expr } from "../ir/expr/expr.ts";
import { childrenOf } from "../ir/expr/walk.ts";
import type { Column } from "../ir/logical/column.ts";
import type { PhysicalProgram, PhysicalQuery, PhysicalTogether, Pipeline } from "../ir/physical/physical.ts";
import type { SourceText } from "../source/source-text.ts";
import { Block } from "./block.ts";
import { readLane } from "./column-access.ts";
import { block } from "./emit-definition.ts";
import { layOut } from "../code/lay-out.ts";
import { emitRows } from "./emit-rows.ts";
import type { ModuleScope } from "./module-scope.ts";
import { expressionsOf, joinExpressions, latestExpressions, stateExpressions, tableExpressions, topExpressions } from "./pipeline-expressions.ts";
import { lanesCode, takesLanes } from "./packed-rows.ts";
import { latestOf, stateOf, streamJoinOf, tableOf, topOf, variableOf, type QueryScope } from "./query-scope.ts";
import { runtimeWords } from "./runtime-words.ts";
import { declareOperators, declareParam, type OutputRows } from "./declare-operators.ts";
import { emitHeld } from "./emit-held.ts";
import { emitClear, emitFilled } from "./filled-places.ts";
import { makeScope } from "./operator-variables.ts";
import { runtimeType } from "./runtime-type.ts";
import { titleOf } from "./pipeline-title.ts";

/** The function `build` of a query: its operators, a loop for each read, and what is emitted at the end of a batch. */
export function emitBuild(query: PhysicalQuery | PhysicalTogether, module: ModuleScope, source: SourceText, { outputs, columnsType, lateType }: BuildTypes): Code {
  const scope = makeScope(query, module, source);
  const body = new Block();
  for (const [, value] of scope.params) if (value.code.text !== "") declareParam(body, query, scope, value);
  declareOperators(body, query, scope, outputs, lateType);
  const reads: (readonly [string, Code])[] = [];
  const finish = new Block();
  let waits = false;
  let handler: HandlerParts | undefined;
  const lastRead = query.pipelines.findLastIndex(({ producer }) => producer.kind === "read");
  for (const [at, pipeline] of query.pipelines.entries()) {
    if (pipeline.producer.kind === "read") {
      const { name } = pipeline.producer.read;
      if (handler?.name !== name) {
        if (handler !== undefined) reads.push(endHandler(body, handler));
        handler = { name, columnsType: columnsType(name), functions: [], begin: new Block(), process: new Block(), end: new Block(), waits: false };
      }
      emitHandler(handler, pipeline, scope, query);
    } else if (at < lastRead && handler !== undefined) {
      // What a later read stands on is done as soon as all that fills it is read.
      emitHeld(handler.end, pipeline, scope);
      handler.waits ||= isAwaited(pipeline);
    } else {
      emitHeld(finish, pipeline, scope);
      waits ||= isAwaited(pipeline);
    }
  }
  if (handler !== undefined) reads.push(endHandler(body, handler));
  if (!finish.isEmpty) {
    body.blank();
    body.open(waits ? code`async function finish(): Promise<void> {` : code`function finish(): void {`);
    body.append(finish);
    body.close(code`}`);
  }
  body.blank();
  body.line(programCode(reads, !finish.isEmpty));
  return body.code;
}

/** Whether rows of a pipeline come from a function that is waited for. */
function isAwaited({ producer }: Pipeline): boolean {
  return producer.kind === "called";
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

interface HandlerParts {
  readonly name: string;
  readonly columnsType: string;
  /** One for each pipeline that takes what is read. */
  readonly functions: Code[];
  readonly begin: Block;
  readonly process: Block;
  readonly end: Block;
  /** Whether its end waits for a function. */
  waits: boolean;
}

/** Adding to an exact sum may overflow, how often a value counts in a percentile may be negative, and what a user's aggregate does nobody knows. */
function feedsSums(pipeline: Pipeline, query: PhysicalProgram): boolean {
  if (pipeline.consumer.kind !== "groups") return false;
  return tableOf(query, pipeline.consumer.table).aggregates.some(({ call }) => call.user !== undefined || ((call.name === "sum" || call.name === "avg") && call.args.some((arg) => arg.type.kind !== "double")) || (call.name.startsWith("percentile") && call.args.length === 3 && call.args[2]?.kind !== "Literal"));
}

/** What a user's function is given may not fit: a long that is no safe number. */
function feedsFunctions({ consumer }: Pipeline): boolean {
  return consumer.kind === "call" || consumer.kind === "state" || consumer.kind === "first states";
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

function emitHandler({ name, columnsType, functions, begin, process, end }: HandlerParts, pipeline: Pipeline, scope: QueryScope, query: PhysicalProgram): void {
  const read = pipeline.producer.kind === "read" ? pipeline.producer.read : undefined;
  const functionName = functionNameOf(name, pipeline, scope, query);
  if (functions.length > 0) process.blank();
  functions.push(functionName);
  emitClear(begin, pipeline, scope);
  emitFilled(end, pipeline, scope);
  const laneOf = ({ name: lane }: Column): Code => member(new Code("columns", Precedence.primary, []), lane);
  const lanes = takenLanes(pipeline, scope, query);
  const rows = emitRows({ pipeline, columns: read?.columns ?? [], access: (column) => readLane(laneOf(column), new Code("row", Precedence.primary, []), column), laneOf, mark: undefined, variables: ["row", ...(lanes === undefined ? [] : [lanes.taker.text])], ...(lanes === undefined ? {} : { ofLanes: lanes.taker }) }, scope);
  const expressions = [...expressionsOf(pipeline), ...fedExpressions(pipeline, query)];
  const guarded = expressions.some(canFail) || feedsSums(pipeline, query) || feedsFunctions(pipeline);
  process.line(titleOf(pipeline, scope));
  process.open(code`function ${functionName}(batch: ${runtimeType("ColumnBatch")}<${new Code(columnsType, 0, [])}>): void {`);
  if (lanes !== undefined || refersTo(rows.code, "columns")) process.line(code`const { columns } = batch;`);
  if (lanes !== undefined) process.line(code`const ${lanes.taker} = ${lanes.taken};`);
  if (guarded) {
    process.line(code`let row = 0;`);
    process.open(code`try {`);
    process.open(code`for (; row < batch.length; row++) {`);
    process.append(rows);
    process.close(code`}`);
    process.close(code`} catch (error) {`);
    const called = [...new Set(expressions.flatMap(calledFunctions))].map(stringCode);
    process.line(code`  throw context.rowFailure(${joinCode(["error", "batch", "row"].map((name) => new Code(name, Precedence.primary, [])).concat(called), ", ")});`);
    process.line(code`}`);
  } else {
    process.open(code`for (let row = 0; row < batch.length; row++) {`);
    process.append(rows);
    process.close(code`}`);
  }
  // Of the rows of one key only the first is packed.
  if (lanes !== undefined && pipeline.consumer.kind === "top") process.line(code`${method(lanes.taker, "end")};`);
  process.close(code`}`);
}

/** What takes rows as they stand in the lanes of a batch, and the call that gives it. */
interface TakenLanes {
  readonly taker: Code;
  readonly taken: Code;
}

/** What takes rows from the lanes of a batch, where the operator that a pipeline feeds keeps them as bytes, and the call that gives it. */
function takenLanes(pipeline: Pipeline, scope: QueryScope, query: PhysicalProgram): TakenLanes | undefined {
  const { consumer } = pipeline;
  if (!takesLanes(pipeline, query)) return undefined;
  const named = (hint: string): Code => scope.names.child(["row", "columns", "batch"]).name(hint, runtimeWords);
  if (consumer.kind === "top") return { taker: named("kept"), taken: method(variableOf(scope, "top", consumer.top), "from", lanesCode(pipeline, topOf(query, consumer.top).columns)) };
  if (consumer.kind !== "join side") return undefined;
  const { columns } = streamJoinOf(query, consumer.join)[consumer.side];
  return { taker: named(consumer.side), taken: method(variableOf(scope, "join", consumer.join), `${consumer.side}From`, lanesCode(pipeline, columns)) };
}

/** The imported functions that an expression calls. */
function calledFunctions(expr: Expr): readonly string[] {
  return [...(expr.kind === "UserCall" ? [expr.function.name] : []), ...childrenOf(expr).flatMap(calledFunctions)];
}

/** The expressions of the operator that a pipeline feeds. */
function fedExpressions({ consumer }: Pipeline, query: PhysicalProgram): readonly Expr[] {
  if (consumer.kind === "groups") return tableExpressions(tableOf(query, consumer.table));
  if (consumer.kind === "top") return topExpressions(topOf(query, consumer.top));
  if (consumer.kind === "latest") return latestExpressions(latestOf(query, consumer.latest));
  if (consumer.kind === "state" || consumer.kind === "first states") return stateExpressions(stateOf(query, consumer.state));
  return consumer.kind === "join side" ? joinExpressions(streamJoinOf(query, consumer.join), consumer.side) : [];
}

function endHandler(body: Block, { name, columnsType, functions, begin, process, end, waits }: HandlerParts): readonly [string, Code] {
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
  if (!end.isEmpty) parts.push(code`${new Code(waits ? "async " : "", 0, [])}end() {\n${indent(end.code)}\n}`);
  const handler = code`{\n${indent(joinCode(parts, ",\n"))},\n}`;
  return [name, new Code(handler.text, Precedence.primary, handler.uses)];
}

function indent(inner: Code): Code {
  return new Code(inner.text.replace(/^(?=.)/gm, "  "), 0, inner.uses);
}
