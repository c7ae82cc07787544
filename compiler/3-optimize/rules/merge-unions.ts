import type { LogicalPlan, UnionColumn } from "../../ir/logical/index.ts";
import { Union } from "../../ir/logical/index.ts";
import { bottomUp } from "../rule.ts";

/**
 * Merges a union into the one above it: `Union(Union(x, y), z)` → `Union(x, y, z)`.
 *
 * Sound because the same rows come out in the same order, under the columns of the outer union. A column is event time where
 * it is so in every input, with the longest of the delays, which does not hang on how the inputs are put together. The union
 * keeps no state; the operators below it keep theirs.
 */
export const mergeUnions = bottomUp<LogicalPlan>("merge-unions", (node) => {
  if (node.kind !== "Union" || !node.inputs.some((input) => input.kind === "Union")) return undefined;
  const columns = node.columns.map((column): UnionColumn => ({
    ...column,
    sources: node.inputs.flatMap((input, at) => {
      const source = column.sources[at];
      if (input.kind !== "Union") return source ?? [];
      return input.columns.find(({ id }) => id === source)?.sources ?? [];
    }),
  }));
  return new Union(node.inputs.flatMap((input) => (input.kind === "Union" ? input.inputs : [input])), columns, node.origin);
});
