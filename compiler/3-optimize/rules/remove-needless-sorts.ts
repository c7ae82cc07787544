import type { AggregateCall } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import type { TypeKind } from "../../ir/types/data-type.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import { expressionsOf } from "../node-expressions.ts";
import { topDown } from "../rule.ts";

/**
 * Removes a sort whose order is not seen: `Sort(a, Sort(b, x))` → `Sort(a, x)`, likewise below a top, and below an aggregate of all rows
 * that gives the same for any order, also through filters and projections.
 *
 * Sound because sort and top order rows that are equal otherwise by all their columns, so that the order in which rows come
 * does not show; floating numbers (0.0 and −0.0 are equal) and maps would show it. Of the aggregates only those count whose
 * value is exact whatever the order: no sum that may overflow on the way or is rounded, none that keeps the first of equals.
 * Groups come out as their first rows came in, so below keys a sort stays. Over a volatile expression it stays too: its
 * values are drawn in the order of the rows. A sort stands only over a whole result and keeps no state.
 */
export const removeNeedlessSorts = topDown<LogicalPlan>("remove-needless-sorts", (node) => {
  if (!isBlindToOrder(node) || isVolatile(node)) return undefined;
  const after = node.mapChildren(withoutSort);
  return after === node ? undefined : after;
});

function withoutSort(node: LogicalPlan): LogicalPlan {
  if (node.kind === "Sort") return withoutSort(node.input);
  return (node.kind === "Filter" || node.kind === "Project") && !isVolatile(node) ? node.mapChildren(withoutSort) : node;
}

function isBlindToOrder(node: LogicalPlan): boolean {
  if (node.kind === "Sort" || node.kind === "Top") return !node.input.output.some(({ type }) => holdsKind(type, equalButDifferent));
  return node.kind === "Aggregate" && node.groups.length === 0 && node.aggregates.every(({ call }) => isExact(call));
}

const equalButDifferent: ReadonlySet<TypeKind> = new Set<TypeKind>(["float", "double", "map"]);

/** Aggregates of which any order gives the same value; of `min`, `max` and `sum` not for every type. */
const exact: ReadonlySet<string> = new Set(["count", "count_if", "bool_and", "bool_or", "bit_and", "bit_or", "bit_xor", "approx_count_distinct"]);

function isExact({ name, args }: AggregateCall): boolean {
  const [argument] = args;
  const kind = argument?.type.kind;
  // Too few ints for a long to overflow.
  if (name === "sum") return argument?.kind === "Cast" && argument.input.type.kind === "int" && kind === "long";
  if (name === "min" || name === "max") return kind === "int" || kind === "long" || kind === "decimal" || kind === "string" || kind === "date" || kind === "timestamp" || kind === "boolean";
  return exact.has(name);
}

function isVolatile(node: LogicalPlan): boolean {
  return expressionsOf(node).some(({ expr }) => expr.volatility === "volatile");
}
