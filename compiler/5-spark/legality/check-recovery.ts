import { sparkForgetsLatest, sparkForgetsNoDataBatch, sparkForgetsWatermarks, sparkSendsAgain } from "../../diagnostics/catalogue/spark-legality.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { LogicalPlan, Watermark } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import { isStreamJoin, type CheckedQuery } from "./checked-query.ts";

/**
 * Where a crash and a restart of Spark give another result than a run without them, and Sluice does not (decision 0031): each only where the query has what it touches, and
 * nothing where the job asks for Spark's ways.
 */
export function checkRecovery(checked: CheckedQuery): void {
  if (checked.options.compatibility === "spark") return;
  checkWatermarks(checked);
  checkNoDataBatches(checked);
  checkSink(checked);
  checkLatest(checked);
}

function checkWatermarks({ nodes, tell, at }: CheckedQuery): void {
  const watermarks = nodes.filter((node): node is Watermark => node.kind === "Watermark");
  const [first, second] = [...new Map(watermarks.map((node) => [node.spec.operatorId, node])).values()];
  if (first !== undefined && second !== undefined) tell(sparkForgetsWatermarks({}).at(at(second)).also(at(first), "the other one").helped('read both inputs as one source, or write `option compatibility = "spark"` where that does not matter'));
}

/** Results that come when the watermark closes something, which may be in a batch without data. */
function checkNoDataBatches({ nodes, query, properties, options, tell, at }: CheckedQuery): void {
  if (query.mode !== "append" || !options.noDataBatches || query.trigger.kind === "once") return;
  const closing = nodes.find((node) => (node.kind === "Aggregate" && properties.of(node).closesBy !== undefined) || (isStreamJoin(node) && isOuter(node)));
  if (closing !== undefined) tell(sparkForgetsNoDataBatch({}).at(at(closing)).helped('start the program again when new data is there, or write `option compatibility = "spark"` where that does not matter'));
}

function isOuter(node: LogicalPlan): boolean {
  return node.kind === "Join" && (node.joinKind === "left" || node.joinKind === "right" || node.joinKind === "full");
}

/** Files and memory know the batches that they have. */
function checkSink({ query, tell }: CheckedQuery): void {
  if (query.sink.connector === "kafka") tell(sparkSendsAgain({}).at(query.sink.span).helped('keep the checkpoint whole, or write `option compatibility = "spark"` where that does not matter'));
}

function checkLatest({ nodes, tell, at }: CheckedQuery): void {
  const told = new Set<Input>();
  for (const node of nodes) {
    if (node.kind !== "Scan" || node.input.bounded || node.input.connector !== "kafka" || told.has(node.input)) continue;
    told.add(node.input);
    const starts = node.input.options.find(({ name }) => name === "startingOffsets");
    const byTime = node.input.options.some(({ name }) => name === "startingTimestamp" || name === "startingOffsetsByTimestamp");
    if (byTime || (starts !== undefined && !isLatest(starts.value))) continue;
    const place: Span = starts?.value.origin ?? node.input.span ?? at(node);
    tell(sparkForgetsLatest({ source: node.input.name }).at(place).helped('write `startingOffsets: "earliest"`, or `startingTimestamp`'));
  }
}

function isLatest(value: Input["options"][number]["value"]): boolean {
  return value.kind === "Literal" && value.value === "latest";
}
