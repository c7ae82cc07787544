import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import { joinNeverDecides, joinWithoutEquality, unboundedJoin } from "../../diagnostics/catalogue/streaming.ts";
import { joinBounds, type JoinBounds } from "../../ir/logical/join-bounds.ts";
import { joinBoundHelp } from "../../ir/logical/join-bound-help.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { Join } from "../../ir/logical/plan.ts";
import { deriveStreaming, type NodeProperties } from "../../ir/logical/streaming-properties.ts";
import type { Span } from "../../source/span.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { modeWords } from "./sink-takes-mode.ts";

/**
 * The laws of joins that keep both sides: where a row comes out once there is a key (Spark eJ4), and a row without a match is known to be one (eJ3); and rows are given
 * up, or taken back, or `unbounded` says that they are kept.
 */
export function checkStreamJoins(query: CheckedQuery): void {
  for (const node of nodesOf(query.plan)) {
    if (node.kind !== "Join") continue;
    const refusal = refusalOfJoin(node, query);
    if (refusal !== undefined) query.job.report(refusal);
  }
}

function refusalOfJoin(node: Join, query: CheckedQuery): PlacedDiagnostic | undefined {
  const { plan, mode, properties } = query;
  const { emit, joins, keeping } = properties.of(node);
  // Complete without a result in state is refused as a whole.
  if (joins === undefined || keeping === undefined || node.origin === undefined || (mode === "complete" && !properties.of(plan).wholeResultInState)) return undefined;
  return (emit === "onClose" ? undecided(node, joins, node.origin, query) : undefined) ?? keptForEver(node, mode === "complete" ? asWritten(node, keeping) : keeping, joins, node.origin);
}

/** Where a row comes out once: without a key, or without a moment at which a row that has found no match is known to be without one. */
function undecided(node: Join, joins: JoinBounds, at: Span, query: CheckedQuery): PlacedDiagnostic | undefined {
  const { joinKind, equalities } = node;
  if (equalities.length === 0) return joinWithoutEquality({}).at(at).helped(`add an equality to the condition: \`on a.key = b.key and …\`${orInUpdate(node, query)}`);
  const waiting = joinKind === "right" ? "right" : joinKind === "left" || joinKind === "full" || joinKind === "semi" || joinKind === "anti" ? "left" : undefined;
  if (waiting === undefined || joins[waiting] !== undefined || (joinKind === "full" && joins.right !== undefined)) return undefined;
  return joinNeverDecides({ kind: joinKind, side: sideText(node, waiting), other: sideText(node, waiting === "left" ? "right" : "left") })
    .at(at)
    .helped(`${joinBoundHelp(node, joins)}${orInUpdate(node, query)}`);
}

/** Update mode takes any condition, since it takes rows back; what it keeps for ever has to be said there too. */
function orInUpdate(node: Join, { plan, mode, sink }: CheckedQuery): string {
  const words = mode === "append" ? modeWords(sink, "update") : undefined;
  if (words === undefined) return "";
  const { keeping } = deriveStreaming(plan, "update").of(node);
  const isKept = keeping?.left === "for ever" || keeping?.right === "for ever";
  return `, or write ${words}${isKept && node.sides.unbounded !== true ? ", and `unbounded` behind the join" : ""}`;
}

type Keeping = NonNullable<NodeProperties["keeping"]>;

/** Below a complete result nothing is given up; what the text says is what it would say in another mode. */
function asWritten(node: Join, keeping: Keeping): Keeping {
  const bounds = joinBounds(node);
  return { left: keeping.left === "for ever" && bounds.left !== undefined ? "by time" : keeping.left, right: keeping.right === "for ever" && bounds.right !== undefined ? "by time" : keeping.right };
}

function keptForEver(node: Join, keeping: Keeping, joins: JoinBounds, at: Span): PlacedDiagnostic | undefined {
  if (node.sides.unbounded === true || (keeping.left !== "for ever" && keeping.right !== "for ever")) return undefined;
  const kept = keeping.left === "for ever" ? (keeping.right === "for ever" ? "both sides" : sideText(node, "left")) : sideText(node, "right");
  return unboundedJoin({ side: kept }).at(at).helped(`${joinBoundHelp(node, joins)}, or write \`unbounded\` behind the condition`);
}

function sideText({ sides: { names } }: Join, side: "left" | "right"): string {
  return names === undefined || names[side] === side ? `the ${side} side` : `\`${names[side]}\``;
}
