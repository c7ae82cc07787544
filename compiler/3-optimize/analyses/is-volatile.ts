import type { LogicalPlan } from "../../ir/logical/index.ts";
import { expressionsOf } from "../node-expressions.ts";

/** Whether an expression of a node itself may give another value with every evaluation. */
export function isVolatile(node: LogicalPlan): boolean {
  return expressionsOf(node).some(({ expr }) => expr.volatility === "volatile");
}
