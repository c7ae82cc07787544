import { sparkJoinColumn, sparkJoinKind, sparkJoinMode, sparkJoinNeverDecides, sparkUnboundedJoin } from "../../diagnostics/catalogue/spark-legality.ts";
import { sparkSemiJoin } from "../../diagnostics/catalogue/spark-steps.ts";
import { liveTimes } from "../../ir/logical/event-times.ts";
import { otherSide, sideName, timeText, type Side } from "../../ir/logical/join-sides.ts";
import type { Join } from "../../ir/logical/plan.ts";
import { isStreamJoin, type CheckedQuery } from "./checked-query.ts";
import { ownTimes, sparkJoinBounds, type SparkBound } from "./spark-join-bounds.ts";

/** Joins: of two streams in append only, with a bound that Spark finds; beside a table only where the stream's rows are kept. */
export function checkJoins(checked: CheckedQuery): void {
  for (const node of checked.nodes) {
    if (node.kind !== "Join") continue;
    if (node.left.streaming !== node.right.streaming) checkTableJoin(node, checked);
    else if (isStreamJoin(node)) checkStreamJoin(node, checked);
  }
}

/** Spark's joins of a stream with a table by side of the stream; the others would have to know that a row of the table never finds a match. */
const besideTable: Readonly<Record<Side, ReadonlySet<Join["joinKind"]>>> = { left: new Set(["inner", "cross", "left", "semi", "anti"]), right: new Set(["inner", "cross", "right"]) };

function checkTableJoin(node: Join, { tell, at }: CheckedQuery): void {
  const stream = node.left.streaming ? "left" : "right";
  if (besideTable[stream].has(node.joinKind)) return;
  tell(sparkJoinKind({ kind: node.joinKind, sides: stream === "left" ? "a stream with a table on its right" : "a table with a stream on its right" }).at(at(node)).helped("write the result into files, and join it with the table in a job that reads them as a table"));
}

function checkStreamJoin(node: Join, { query: { mode }, tell, at }: CheckedQuery): void {
  const { joinKind, sides } = node;
  if (joinKind === "anti") {
    tell(sparkJoinKind({ kind: joinKind, sides: "two streams" }).at(at(node)).helped(`write \`join left\`, and \`where\` a column of ${sideName(node, "right")} that is never null \`is null\``));
    return;
  }
  if (mode !== "append") {
    const stays = joinKind === "inner" || joinKind === "cross" || joinKind === "semi";
    tell(sparkJoinMode({ mode }).at(at(node)).helped(stays && mode === "update" ? "write `mode append`: the rows of this join stay in any mode" : "write `mode append`; what stands above it then needs a window over the event time"));
    return;
  }
  const bounds = sparkJoinBounds(node);
  const early = (["left", "right"] as const).find((side) => bounds[side] === "other column");
  if (early !== undefined) {
    const time = timeName(node, early);
    tell(sparkJoinColumn({ side: sideName(node, early), column: time }).at(at(node)).helped(`add a bound on \`${time}\` too: \`and ${time} >= ${timeName(node, otherSide(early))} - …\` with the longest time between the two, or leave the watermark of ${sideName(node, early)} out and write \`unbounded\``));
    return;
  }
  const undecided = waiting(joinKind, bounds);
  if (undecided !== undefined) {
    tell(sparkJoinNeverDecides({ kind: joinKind, side: sideName(node, undecided) }).at(at(node)).helped(boundHelp(node, [undecided])));
    return;
  }
  if (joinKind === "semi" && bounds.right !== "never") {
    tell(sparkSemiJoin({ side: sideName(node, "right") }).at(at(node)).helped("where such a match counts write `join`, `select` the columns of the left side, and `dedup` them; or give the watermarks a longer delay"));
  }
  const forEver = (["left", "right"] as const).filter((side) => bounds[side] === "never");
  if (sides.unbounded === true || forEver.length === 0) return;
  const kept = forEver.length === 2 ? "both sides" : sideName(node, forEver[0] ?? "left");
  tell(sparkUnboundedJoin({ side: kept }).at(at(node)).helped(`${boundHelp(node, forEver)}, or write \`unbounded\` behind the condition`));
}

/** The side whose rows come out for want of a match and of which Spark does not know when, or knows it later than Sluice. */
function waiting(kind: Join["joinKind"], bounds: Readonly<Record<Side, SparkBound>>): Side | undefined {
  const sides: readonly Side[] = kind === "full" ? ["left", "right"] : kind === "left" || kind === "semi" ? ["left"] : kind === "right" ? ["right"] : [];
  const open = sides.filter((side) => bounds[side] !== "key" && bounds[side] !== "time");
  // A semi join sends a row with its first match: the bound decides only how long it is kept, and Spark asks for one.
  if (kind === "semi") return open.find((side) => bounds[side] === "never");
  return open[0];
}

function boundHelp(node: Join, sides: readonly Side[]): string {
  const timeless = (["left", "right"] as const).filter((side) => ownTimes(node[side]).length === 0);
  if (timeless.length > 0) {
    const watermarked = timeless.some((side) => liveTimes(node[side]).length > 0);
    return watermarked ? "join on the whole window, which both sides have" : `define a \`watermark\` on ${timeless.length === 2 ? "both sides" : sideName(node, timeless[0] ?? "left")}, whose column the condition compares with nothing but constants added`;
  }
  const parts = sides.map((side) => `${timeName(node, side)} >= ${timeName(node, otherSide(side))} - …`);
  return `bound the columns of the watermarks themselves: \`and ${parts.join(" and ")}\``;
}

/** A side's event time as the condition would name it. */
function timeName(node: Join, side: Side): string {
  return timeText(node, side, ownTimes(node[side]).map(({ column }) => column), "time");
}
