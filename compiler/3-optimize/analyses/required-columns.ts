import type { ColumnId } from "../../ir/expr/index.ts";
import { columnsOf } from "../../ir/expr/index.ts";
import type { Column, LogicalPlan } from "../../ir/logical/index.ts";
import { mayChange } from "../../ir/logical/streaming-properties.ts";
import { expressionsOf } from "../node-expressions.ts";

/**
 * The columns that a node needs of each of its inputs, given those that are needed of its own output.
 *
 * Some kinds of node need more than they name. A Sort and a Top order equal rows by all other columns, so they need them all, and so
 * does a Dedup of groups, whose content decides which row is the first; and a Limit of rows without an order. An Aggregate
 * and a Dedup of rows that keep coming need the event-time columns that reach them, which are part of their streaming properties. What
 * they send to a side output of late rows is among their expressions. A join of two streams needs the event times of both sides, by which
 * its rows are late and bounded; what it keeps of a row is what is read above it.
 */
export function requiredOfInputs(node: LogicalPlan, required: ReadonlySet<ColumnId>): readonly ReadonlySet<ColumnId>[] {
  const read = new Set(expressionsOf(node).flatMap(({ expr }) => [...columnsOf(expr)]));
  switch (node.kind) {
    case "Scan":
      return [];
    case "Filter":
      return [new Set([...required, ...read])];
    case "Limit":
      return [isOrdered(node.input) ? required : all(node.input.output)];
    case "Explode":
    case "Expand":
      return [new Set(node.input.output.map((column) => column.id).filter((id) => required.has(id) || read.has(id)))];
    case "Project":
    case "Apply":
      return [read];
    case "Watermark":
      return [new Set([...required, node.spec.column])];
    case "UserState":
      // The rows of the table of first states are read by their own expressions.
      return [new Set([...read, ...node.input.eventTimes.map((time) => time.column)]), ...(node.initial === undefined ? [] : [read])];
    case "Aggregate":
      return [new Set([...read, ...node.input.eventTimes.map((time) => time.column)])];
    case "Join":
      return [node.left, node.right].map((side) => {
        const times = new Set(node.left.streaming && node.right.streaming ? side.eventTimes.map((time) => time.column) : []);
        return new Set(side.output.map((column) => column.id).filter((id) => required.has(id) || read.has(id) || times.has(id)));
      });
    case "Union":
      return node.inputs.map((_, at) => new Set(node.columns.flatMap(({ id, sources }) => (required.has(id) ? (sources[at] ?? []) : []))));
    case "Dedup":
      if (!node.streaming || mayChange(node)) return [all(node.input.output)];
      return [new Set([...required, ...read, ...node.input.eventTimes.map((time) => time.column)])];
    case "Sort":
    case "Top":
      return [all(node.input.output)];
  }
}

function all(columns: readonly Column[]): ReadonlySet<ColumnId> {
  return new Set(columns.map((column) => column.id));
}

/** Whether rows come in an order that does not hang on their columns: that of reading, or one that was asked for below. */
function isOrdered(node: LogicalPlan): boolean {
  switch (node.kind) {
    case "Aggregate":
      return false;
    case "Sort":
    case "Top":
    case "Limit":
      return true;
    case "Join":
      return node.joinKind !== "right" && node.joinKind !== "full" && node.children.every(isOrdered);
    default:
      return node.children.every(isOrdered);
  }
}
