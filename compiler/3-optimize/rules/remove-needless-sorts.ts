import type { LogicalPlan } from "../../ir/logical/index.ts";
import { isBlindToOrder } from "../analyses/is-blind-to-order.ts";
import { isVolatile } from "../analyses/is-volatile.ts";
import { topDown } from "../rule.ts";

/**
 * Removes a sort whose order is not seen: `Sort(a, Sort(b, x))` → `Sort(a, x)`, likewise below a top, and below an aggregate of all rows
 * that gives the same for any order, also through filters and projections.
 *
 * Sound because what stands above is blind to the order of its input (`isBlindToOrder`), and what stands between keeps the rows
 * one by one. Through a volatile expression the sort is seen: its values are drawn in the order of the rows. A sort
 * stands only over a whole result: it keeps no state, and no row of it is late or taken back.
 */
export const removeNeedlessSorts = topDown<LogicalPlan>("remove-needless-sorts", (node) => {
  if (!isBlindToOrder(node)) return undefined;
  const after = node.mapChildren(withoutSort);
  return after === node ? undefined : after;
});

function withoutSort(node: LogicalPlan): LogicalPlan {
  if (node.kind === "Sort") return withoutSort(node.input);
  return (node.kind === "Filter" || node.kind === "Project") && !isVolatile(node) ? node.mapChildren(withoutSort) : node;
}
