import type { Dedup, LogicalPlan } from "../../ir/logical/index.ts";
import { holdsResult } from "../../ir/logical/streaming-properties.ts";
import { isBlindToOrder } from "../analyses/is-blind-to-order.ts";
import { isVolatile } from "../analyses/is-volatile.ts";
import { topDown } from "../rule.ts";

/**
 * Removes a dedup of rows that differ anyway: `Sort(Dedup(k, x))` → `Sort(x)`, where k holds the key of x; below a top and an aggregate
 * of all rows likewise, also through filters and projections.
 *
 * Sound because no two rows of x agree in its key, so each is the first of its own. Without the dedup they come in another
 * order, to which what stands above is blind (`isBlindToOrder`). Only over a whole result or tables, where a dedup keeps nothing
 * between batches: over rows that keep coming its state would be gone. Keys are plain columns, which cannot fail.
 */
export const removeNeedlessDedups = topDown<LogicalPlan>("remove-needless-dedups", (node) => {
  if (!isBlindToOrder(node)) return undefined;
  const after = node.mapChildren(withoutDedup);
  return after === node ? undefined : after;
});

function withoutDedup(node: LogicalPlan): LogicalPlan {
  if (node.kind === "Dedup" && (!node.streaming || holdsResult(node, false)) && holdsKey(node)) return withoutDedup(node.input);
  return (node.kind === "Filter" || node.kind === "Project") && !isVolatile(node) ? node.mapChildren(withoutDedup) : node;
}

function holdsKey({ keys, input }: Dedup): boolean {
  const columns = keys.map((key) => (key.kind === "ColumnRef" ? key.id : undefined));
  if (columns.includes(undefined) || input.keyCopies === undefined) return false;
  return input.keyCopies.every((copies) => copies.some((copy) => columns.includes(copy)));
}
