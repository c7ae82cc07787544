import { internalError } from "../diagnostics/internal-error.ts";
import { columnRef } from "../ir/expr/build.ts";
import type { LogicalPlan, Union } from "../ir/logical/plan.ts";
import type { RowStep } from "../ir/physical/physical.ts";

/** The columns of one input under the ids of the union. */
export function unionStep(plan: Union, input: LogicalPlan, at: number): RowStep {
  const columns = plan.columns.map(({ id, name, sources }) => {
    const column = input.output.find((candidate) => candidate.id === sources[at]);
    return { id, name, expr: column === undefined ? internalError("E9001", "a union takes a column that its input does not have") : columnRef(column.id, column.name, column.type, column.nullable) };
  });
  return { kind: "project", columns };
}
