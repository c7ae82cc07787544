import type { LogicalPlan } from "../../ir/logical/index.ts";
import { bottomUp } from "../rule.ts";

/**
 * Removes projections that change nothing: `Project(x.output, x)` → `x`, with the same columns, names and order.
 *
 * Sound because the rows, their order and their columns are the very same; only a projection that passes each column on under
 * its own id and name is one.
 */
export const removeIdentityProjections = bottomUp<LogicalPlan>("remove-identity-projections", (node) => {
  if (node.kind !== "Project") return undefined;
  const { columns, input } = node;
  const same =
    columns.length === input.output.length &&
    columns.every(({ id, name, expr }, index) => {
      const passed = input.output[index];
      return passed !== undefined && expr.kind === "ColumnRef" && expr.id === id && passed.id === id && passed.name === name;
    });
  return same ? input : undefined;
});
