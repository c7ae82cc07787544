import type { ColumnId } from "../../ir/expr/index.ts";
import { columnsOf } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Expand, Project, Scan, Union } from "../../ir/logical/index.ts";
import { requiredOfInputs } from "../analyses/required-columns.ts";
import type { Rule } from "../rule.ts";

/**
 * Drops columns that nothing reads: `Project(a, Project(a, b, Scan(a, b, c)))` → `Project(a, Project(a, Scan(a)))`, down to
 * what the reader fills.
 *
 * A column that is not computed cannot fail: the batch of a job whose unread column fails goes through. Which records are
 * malformed does not change, for a scan's `needed` fields are decoded as before and only not kept. What state is made of stays
 * whole: aggregates are not dropped, nor event-time columns on their way to one (see `required-columns`).
 */
export const pruneColumns: Rule<LogicalPlan> = {
  name: "prune-columns",
  apply: (plan) => keepRequired(plan, new Set(plan.output.map((column) => column.id))),
};

function keepRequired(node: LogicalPlan, required: ReadonlySet<ColumnId>): LogicalPlan {
  const narrowed = narrow(node, required);
  // A projection of which nothing is left only passes on the rows, as its input does; but it also ends an event time.
  if (narrowed.kind === "Project" && narrowed.columns.length === 0 && narrowed.input.eventTimes.length === 0) return keepRequired(narrowed.input, required);
  const needs = requiredOfInputs(narrowed, required);
  const children = narrowed.children.map((child, index) => keepRequired(child, needs[index] ?? required));
  return children.every((child, index) => child === narrowed.children[index]) ? narrowed : narrowed.withChildren(children);
}

function narrow(node: LogicalPlan, required: ReadonlySet<ColumnId>): LogicalPlan {
  switch (node.kind) {
    case "Project": {
      const columns = node.columns.filter(({ id }) => required.has(id));
      return columns.length === node.columns.length ? node : new Project(node.input, columns, node.origin);
    }
    case "Expand": {
      const columns = node.columns.filter(({ id }) => required.has(id));
      return columns.length === node.columns.length ? node : new Expand(node.input, node.copies, columns, node.origin);
    }
    case "Scan": {
      // The reader's own filter reads its columns.
      const filtered = node.filter === undefined ? new Set<ColumnId>() : columnsOf(node.filter);
      const columns = node.columns.filter(({ id }) => required.has(id) || filtered.has(id));
      return columns.length === node.columns.length ? node : new Scan(node.input, columns, node.needed, node.filter, node.origin);
    }
    case "Union": {
      const columns = node.columns.filter(({ id }) => required.has(id));
      return columns.length === node.columns.length ? node : new Union(node.inputs, columns, node.origin);
    }
    default:
      return node;
  }
}
