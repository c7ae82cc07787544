import type { AggregateCall } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import type { TypeKind } from "../../ir/types/data-type.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import { isVolatile } from "./is-volatile.ts";

/**
 * Whether a node gives the same rows in the same order whatever the order of its input. A sort and a top order rows that are
 * equal otherwise by all their columns; only floating numbers (0.0 and −0.0 are equal) and maps would show how they came. An
 * aggregate of all rows counts if its values are exact: no sum that may overflow on the way or is rounded, none that keeps the
 * first of equals. Groups come out as their first rows came in, so an aggregate with keys is none. Volatile expressions
 * draw their values in the order of the rows.
 */
export function isBlindToOrder(node: LogicalPlan): boolean {
  if (isVolatile(node)) return false;
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
