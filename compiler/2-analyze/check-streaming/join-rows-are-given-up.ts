import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import { joinNeverDecides, joinWithoutEquality, unboundedJoin } from "../../diagnostics/catalogue/streaming.ts";
import type { JoinBounds } from "../../ir/logical/join-bounds.ts";
import { joinBoundHelp } from "../../ir/logical/join-bound-help.ts";
import type { Join } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import type { CheckedQuery } from "./checked-query.ts";
import { nodesOf } from "./checked-query.ts";

/** The laws of joins of two streams: there is a key (Spark eJ4), a row without a match is known to be one (eJ3), and rows are given up, or `unbounded` says that they are not. */
export function checkStreamJoins(query: CheckedQuery): void {
  for (const node of nodesOf(query.plan)) {
    if (node.kind !== "Join") continue;
    const refusal = refusalOfJoin(node, query);
    if (refusal !== undefined) query.job.report(refusal);
  }
}

/** Why a join of two streams can never run as it is written; undefined where it can, or where it is none. */
export function refusalOfJoin(node: Join, { plan, mode, properties }: CheckedQuery): PlacedDiagnostic | undefined {
  const { joins } = properties.of(node);
  // Complete without a result in state is refused as a whole.
  if (joins === undefined || node.origin === undefined || (mode === "complete" && !properties.of(plan).wholeResultInState)) return undefined;
  // What changes below is taken back above, and is bounded by its keys.
  if (node.children.some((child) => properties.of(child).changelogMode !== "append")) return undefined;
  return (mode === "update" ? undefined : undecided(node, joins, node.origin)) ?? keptForEver(node, joins, node.origin);
}

/** Where a row comes out once: without a key, or without a moment at which a row that has found no match is known to be without one. */
function undecided(node: Join, joins: JoinBounds, at: Span): PlacedDiagnostic | undefined {
  const { joinKind, equalities } = node;
  if (equalities.length === 0) return joinWithoutEquality({}).at(at).helped("add an equality to the condition: `on a.key = b.key and …`");
  const waiting = joinKind === "right" ? "right" : joinKind === "left" || joinKind === "full" || joinKind === "semi" || joinKind === "anti" ? "left" : undefined;
  if (waiting === undefined || joins[waiting] !== undefined || (joinKind === "full" && joins.right !== undefined)) return undefined;
  return joinNeverDecides({ kind: joinKind, side: sideText(node, waiting), other: sideText(node, waiting === "left" ? "right" : "left") })
    .at(at)
    .helped(joinBoundHelp(node, joins));
}

function keptForEver(node: Join, joins: JoinBounds, at: Span): PlacedDiagnostic | undefined {
  if (node.sides.unbounded === true || (joins.left !== undefined && joins.right !== undefined)) return undefined;
  const kept = joins.left === undefined ? (joins.right === undefined ? "both sides" : sideText(node, "left")) : sideText(node, "right");
  return unboundedJoin({ side: kept }).at(at).helped(`${joinBoundHelp(node, joins)}, or write \`unbounded\` behind the condition`);
}

function sideText({ sides: { names } }: Join, side: "left" | "right"): string {
  return names === undefined || names[side] === side ? `the ${side} side` : `\`${names[side]}\``;
}
