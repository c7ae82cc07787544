import { callsUser } from "../expr/calls-user.ts";
import type { LogicalQuery } from "./job.ts";
import type { LogicalPlan } from "./plan.ts";

/**
 * The nodes from the top of an update query down to an aggregate whose groups reach the sink one by one with their key: through steps that pass a row, change it or
 * leave it out. There a mark in each group says how its row changes the result, and no row is taken back (decision 0025). Empty where the result changes otherwise, and where a condition stands above
 * a projection that calls a user's function: the marks want conditions first, which would call it twice.
 */
export function markedPath({ plan, mode }: Pick<LogicalQuery, "plan" | "mode">): ReadonlySet<LogicalPlan> {
  const nodes = new Set<LogicalPlan>();
  if (mode !== "update" || plan.key === undefined) return nodes;
  let conditional = false;
  for (let node = plan; node.streaming; node = below(node)) {
    nodes.add(node);
    conditional ||= node.kind === "Filter" || node.kind === "Join";
    if (conditional && node.kind === "Project" && node.columns.some(({ expr }) => callsUser(expr))) return new Set();
    if (node.kind === "Aggregate") return node.perBatch ? new Set() : nodes;
    const passes = node.kind === "Filter" || node.kind === "Project" || node.kind === "Watermark" || (node.kind === "Join" && (node.joinKind === "semi" || node.joinKind === "anti") && !node.right.streaming);
    if (!passes) break;
  }
  return new Set();
}

/** The only input, or the left one. */
function below(node: LogicalPlan): LogicalPlan {
  return node.children[0] ?? node;
}
