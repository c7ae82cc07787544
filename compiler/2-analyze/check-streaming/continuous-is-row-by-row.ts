import { saidDelivery } from "../../catalog/connectors/delivery.ts";
import { findSink, findSource, sinkNames, sourceNames } from "../../catalog/connectors/registry.ts";
import { optionsTogether } from "../../diagnostics/catalogue/connectors.ts";
import { continuousClock, continuousSink, continuousSource, continuousStep } from "../../diagnostics/catalogue/continuous.ts";
import type { SinkStatement } from "../../ir/ast/statement.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { LogicalQuery, SideOutput } from "../../ir/logical/job.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import { expressionsOf } from "./changing-rows-are-repeatable.ts";

const other = "take another trigger, such as `every 1 second`";

/**
 * Under the continuous trigger a row goes through the steps and into the sink alone (Spark: UnsupportedOperationChecker.checkForContinuous, semantics T5): steps that keep
 * nothing between rows, no clock of a batch, sources that hand on records as they come, sinks that send them. With sinks together one clause holds for all.
 */
export function checkContinuous(queries: readonly LogicalQuery[], sideOutputs: readonly SideOutput[], sinks: ReadonlyMap<string, SinkStatement>, job: JobContext): void {
  const clauseOf = (name: string): Span | undefined => sinks.get(name)?.clauses.find(({ kind }) => kind === "Trigger")?.span;
  const anywhere = queries.flatMap(({ name }) => clauseOf(name) ?? [])[0];
  for (const query of queries) {
    if (query.trigger.kind !== "continuous") continue;
    const at = clauseOf(query.name) ?? anywhere ?? query.span;
    checkSources(query.plan, at, job);
    checkSteps(query.plan, at, job);
    checkSink(query, at, job);
    for (const { sink, name } of sidesOf(query.plan, sideOutputs)) {
      if (saidDelivery(sink) === "exactly once") job.report(continuousSink({ sink: name, reason: inTransactions }).at(sink.span).also(at, "runs row by row").helped(atLeastOnce));
    }
  }
}

const inTransactions = "a transaction holds a batch";
const atLeastOnce = 'write `delivery: "at least once"`, or take another trigger';

/** The side outputs that take the malformed records of what a plan reads. */
function sidesOf(plan: LogicalPlan, sideOutputs: readonly SideOutput[]): readonly SideOutput[] {
  const names = new Set(nodesOf(plan).flatMap((node) => (node.kind === "Scan" && node.input.malformed.kind === "into" ? [node.input.malformed.sideOutput] : [])));
  return sideOutputs.filter(({ name }) => names.has(name));
}

function checkSources(plan: LogicalPlan, at: Span, job: JobContext): void {
  const inputs = new Map(nodesOf(plan).flatMap((node) => (node.kind === "Scan" && node.streaming ? [[node.input.name, node.input] as const] : [])));
  if (inputs.size === 0) job.report(continuousSource({ message: "the trigger `continuous` reads a stream, and this query reads tables only" }).at(at).helped("leave the trigger out"));
  for (const input of inputs.values()) {
    const limit = limitOf(input);
    if (limit !== undefined) job.report(optionsTogether({ message: `\`${limit}\` of \`${input.name}\` has no effect: the trigger \`continuous\` has no batches` }).at(at).also(input.span, "declared here").helped(`leave \`${limit}\` out, or ${other}`));
    const reason = whyNotFollowed(input);
    if (reason !== undefined) job.report(continuousSource({ message: `\`${input.name}\` cannot be read by the trigger \`continuous\`: ${reason}` }).at(at).also(input.span, "declared here").helped(`${other}, or read from ${followedSources()}`));
  }
}

/** The first option that says how a batch is made or read. */
function limitOf({ connector, options }: Input): string | undefined {
  const source = findSource(connector);
  const specs = source === undefined || source === "later" ? [] : source.options.filter(({ ofBatches }) => ofBatches === true);
  return options.find(({ name }) => specs.some((spec) => spec.name === name))?.name;
}

function whyNotFollowed({ connector, options }: Input): string | undefined {
  const source = findSource(connector);
  if (source === undefined || source === "later" || source.follows !== true) return `\`${connector}\` gives its records in batches`;
  return options.some(({ name }) => name === "rowsPerBatch") ? "`rowsPerBatch` gives them by the batch" : undefined;
}

/** Those that hand on records as they come. */
function followedSources(): string {
  return anyOf(sourceNames().filter((name) => {
    const source = findSource(name);
    return source !== undefined && source !== "later" && source.follows === true;
  }));
}

/** Those that take rows one by one. */
function sendingSinks(): string {
  return anyOf(sinkNames().filter((name) => {
    const sink = findSink(name);
    return sink !== undefined && sink !== "later" && sink.sendsAtOnce === true;
  }));
}

/** `` `a`, `b` or `c` `` */
function anyOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ").replace(/, (?=[^,]*$)/, " or ");
}

function checkSteps(plan: LogicalPlan, at: Span, job: JobContext): void {
  const seen = new Set<number>();
  for (const node of nodesOf(plan)) {
    if (node.origin === undefined || !node.streaming) continue;
    const clocked = expressionsOf(node).flatMap(clocksIn)[0];
    if (clocked !== undefined) job.report(continuousClock({ name: `${clocked.name}()` }).at(clocked.origin ?? node.origin).also(at, "runs row by row").helped("leave it out; a source knows when its records were written (`_kafka.timestamp`)"));
    const refused = whyNotRowByRow(node);
    // One step of the job may be several nodes.
    if (refused === undefined || seen.has(node.origin.start)) continue;
    seen.add(node.origin.start);
    job.report(continuousStep(refused).at(node.origin).also(at, "runs row by row").helped(`${other}, or leave the step out`));
  }
}

/** A step as messages name it, and why it is no matter of one row; undefined where it is one. */
function whyNotRowByRow(node: LogicalPlan): { readonly step: string; readonly reason: string } | undefined {
  switch (node.kind) {
    case "Aggregate":
      return { step: "`aggregate`", reason: node.perBatch ? "there are no batches" : "puts rows together" };
    case "Join":
      return node.left.streaming && node.right.streaming ? { step: "a join of two streams", reason: "keeps the rows of both sides" } : undefined;
    case "Watermark":
      return { step: "`watermark`", reason: "moves from batch to batch, and no step that may stand here goes by it" };
    case "Dedup":
      return { step: "`dedup`", reason: "keeps the keys that have come" };
    case "Top":
      return { step: "`top`", reason: "keeps the first rows" };
    case "Sort":
      return { step: "`order by`", reason: "needs all rows" };
    case "Limit":
      return { step: "`limit`", reason: "counts the rows that have come" };
    case "UserState":
      return { step: "`state`", reason: "keeps a state of each key" };
    case "Apply":
      return node.how === "transform" ? { step: "`transform`", reason: "is called with the rows of a batch" } : undefined;
    default:
      return undefined;
  }
}

function clocksIn(expr: Expr): readonly { readonly name: string; readonly origin: Expr["origin"] }[] {
  const found: { readonly name: string; readonly origin: Expr["origin"] }[] = [];
  visitExpr(expr, (part) => {
    if (part.kind === "Call" && part.volatility === "batch" && part.args.every(({ volatility }) => volatility !== "batch")) found.push({ name: part.name, origin: part.origin });
  });
  return found;
}

function checkSink({ sink }: LogicalQuery, at: Span, job: JobContext): void {
  const capabilities = findSink(sink.connector);
  const reason = capabilities === undefined || capabilities === "later" || capabilities.sendsAtOnce !== true ? "it writes a batch as a whole" : saidDelivery(sink) === "exactly once" ? inTransactions : undefined;
  if (reason === undefined) return;
  const help = reason === inTransactions ? atLeastOnce : `${other}, or write into ${sendingSinks()}`;
  job.report(continuousSink({ sink: sink.connector, reason }).at(sink.span).also(at, "runs row by row").helped(help));
}
