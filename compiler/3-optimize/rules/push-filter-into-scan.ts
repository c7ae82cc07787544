import { canFail } from "../../catalog/expressions/can-fail.ts";
import { conjunction } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter, Scan } from "../../ir/logical/index.ts";
import { partConjuncts } from "../part-conjuncts.ts";
import { bottomUp } from "../rule.ts";

/**
 * Gives a filter to the reader below it: `Filter(p and q, Scan(f))` → `Filter(q, Scan(f and p))` for those conjuncts p that are
 * immutable and cannot fail.
 *
 * The reader evaluates its filter after it has accepted the record, so which records are malformed does not change, and
 * `needed` stays. Only a filter directly over the scan moves, never one from above a watermark: the same rows advance it.
 * What may fail stays outside, where its step reports the row. A param stays outside too: a reader exists before params have
 * values.
 */
export const pushFilterIntoScan = bottomUp<LogicalPlan>("push-filter-into-scan", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Scan") return undefined;
  const { predicate, input: scan } = node;
  const { moving, staying } = partConjuncts(predicate, (conjunct) => conjunct.volatility === "immutable" && !canFail(conjunct));
  if (moving.length === 0) return undefined;
  const filter = conjunction(scan.filter === undefined ? moving : [scan.filter, ...moving]);
  const filtered = new Scan(scan.input, scan.columns, scan.needed, filter, scan.origin);
  const left = conjunction(staying);
  return left === undefined ? filtered : new Filter(filtered, left, node.origin);
});
