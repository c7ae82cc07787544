import type { Dedup, LogicalPlan } from "../../ir/logical/index.ts";
import { holdsAggregate } from "../../ir/logical/streaming-properties.ts";
import { bottomUp } from "../rule.ts";

/**
 * Removes a dedup over rows that differ anyway: `Dedup(k, x)` → `x`, where k holds the key of x.
 *
 * Sound because no two rows of x agree in its key, so each is the first of its own. Only over a whole result or tables, where
 * a dedup keeps nothing between batches: over rows that keep coming its state would be gone from the checkpoint.
 * Keys are plain columns, which cannot fail.
 */
export const removeNeedlessDedups = bottomUp<LogicalPlan>("remove-needless-dedups", (node) => {
  if (node.kind !== "Dedup" || (node.streaming && !holdsAggregate(node, false))) return undefined;
  return holdsKey(node) ? node.input : undefined;
});

function holdsKey({ keys, input }: Dedup): boolean {
  const columns = keys.map((key) => (key.kind === "ColumnRef" ? key.id : undefined));
  if (columns.includes(undefined) || input.keyCopies === undefined) return false;
  return input.keyCopies.every((copies) => copies.some((copy) => columns.includes(copy)));
}
