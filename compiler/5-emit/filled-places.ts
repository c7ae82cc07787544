import { code, method } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { PhysicalProgram, Pipeline } from "../ir/physical/physical.ts";
import type { Block } from "./block.ts";
import { keySetOf, stateOf, streamJoinOf, tableOf, variableOf, type QueryScope } from "./query-scope.ts";

/** Where a pipeline's rows end: the name of a table, lookup or buffer; the output has none. */
export function placeOf({ consumer }: Pipeline): string | undefined {
  switch (consumer.kind) {
    case "groups":
      return `table ${consumer.table}`;
    case "lookup":
      return `lookup ${consumer.lookup}`;
    case "rows":
      return `buffer ${consumer.buffer}`;
    case "join side":
      return `join ${consumer.join} ${consumer.side}`;
    case "top":
      return `top ${consumer.top}`;
    case "latest":
      return `latest ${consumer.latest}`;
    case "state":
      return `state ${consumer.state}`;
    case "first states":
      return `first states ${consumer.state}`;
    case "call":
      return `call ${consumer.call}`;
    case "marks":
    case "output":
      return undefined;
  }
}

/** Whether no pipeline before it ends in the same place. */
export function isFirstInto(pipeline: Pipeline, query: PhysicalProgram): boolean {
  return query.pipelines.find((other) => placeOf(other) === placeOf(pipeline)) === pipeline;
}

/** What is made anew each time is emptied first. */
export function emitClear(into: Block, pipeline: Pipeline, scope: QueryScope): void {
  const { consumer } = pipeline;
  for (const step of pipeline.steps) {
    if (step.kind === "first" && keySetOf(scope.query, step.set).kept === undefined && firstWith(step.set, scope.query) === pipeline) into.line(code`${method(variableOf(scope, "keys", step.set), "clear")};`);
  }
  if (!isFirstInto(pipeline, scope.query)) return;
  if (consumer.kind === "lookup") into.line(code`${method(variableOf(scope, "lookup", consumer.lookup), "clear")};`);
  if (beginsState(pipeline, scope.query)) into.line(code`${method(variableOf(scope, "state", consumer.kind === "state" || consumer.kind === "first states" ? consumer.state : ""), "renew")};`);
  if (isTableSide(pipeline, scope.query)) into.line(code`${tableSideCode("begin", consumer, scope)};`);
  if (consumer.kind === "groups" && !tableOf(scope.query, consumer.table).kept) into.line(code`${method(variableOf(scope, "table", consumer.table), "clear")};`);
}

/** Whether a pipeline fills the bounded side of a join that changes, whose rows are given anew as a whole. */
function isTableSide({ consumer }: Pipeline, query: PhysicalProgram): boolean {
  return consumer.kind === "join side" && streamJoinOf(query, consumer.join)[consumer.side].isTable;
}

/** Whether a pipeline is the first to fill a state that is made anew, be it with first states. */
function beginsState({ consumer }: Pipeline, query: PhysicalProgram): boolean {
  if (consumer.kind !== "state" && consumer.kind !== "first states") return false;
  const { kept, spec } = stateOf(query, consumer.state);
  return !kept && (consumer.kind === "first states" || spec.initial === undefined);
}

/** `countsJoin.beginRight()`, before the rows of that side; `endRight()` behind them. */
function tableSideCode(word: "begin" | "end", consumer: Pipeline["consumer"], scope: QueryScope): Code {
  if (consumer.kind !== "join side") return internalError("E9007", "a pipeline that ends in no join has no side");
  return method(variableOf(scope, "join", consumer.join), `${word}${consumer.side === "left" ? "Left" : "Right"}`);
}

/** What is said when all that fills a place has done so. */
export function emitFilled(into: Block, pipeline: Pipeline, scope: QueryScope): void {
  const { pipelines } = scope.query;
  if (isTableSide(pipeline, scope.query) && pipelines.findLast((other) => placeOf(other) === placeOf(pipeline)) === pipeline) into.line(code`${tableSideCode("end", pipeline.consumer, scope)};`);
}

/** The first pipeline that asks a set of keys. */
function firstWith(set: string, query: PhysicalProgram): Pipeline | undefined {
  return query.pipelines.find(({ steps }) => steps.some((step) => step.kind === "first" && step.set === set));
}
