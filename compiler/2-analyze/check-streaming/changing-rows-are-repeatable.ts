import { changesByClock } from "../../diagnostics/catalogue/streaming.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import { markedPath } from "../../ir/logical/marked-path.ts";
import { nodesOf } from "../../ir/logical/nodes-of.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { CheckedQuery } from "./checked-query.ts";

/**
 * A row that is taken back is computed once more, and must come out as it did before: over rows that change no step reads the clock of the batch. Where the groups of an
 * aggregate go to the sink by their key nothing is computed again, and it may.
 */
export function checkClock({ plan, mode, properties, job }: CheckedQuery): void {
  const marked = markedPath({ plan, mode });
  for (const node of nodesOf(plan)) {
    if (node.origin === undefined || (marked.has(node) && node.kind !== "Aggregate") || !node.children.some((child) => properties.of(child).changelogMode !== "append")) continue;
    const clocked = expressionsOf(node).flatMap(firstByClock)[0];
    if (clocked !== undefined) job.report(changesByClock({ what: clocked.name }).at(clocked.origin ?? node.origin).helped("compute it before the rows change, below the `aggregate`, `top` or `join`"));
  }
}

function firstByClock(expr: Expr): readonly { readonly name: string; readonly origin: Expr["origin"] }[] {
  const found: { readonly name: string; readonly origin: Expr["origin"] }[] = [];
  visitExpr(expr, (part) => {
    if (part.kind === "Call" && part.args.every(({ volatility }) => isSettled(volatility)) && !isSettled(part.volatility)) found.push({ name: part.name, origin: part.origin });
  });
  return found;
}

function isSettled(volatility: Expr["volatility"]): boolean {
  return volatility === "immutable" || volatility === "start";
}

/** What a node computes of its rows. */
export function expressionsOf(node: LogicalPlan): readonly Expr[] {
  switch (node.kind) {
    case "Filter":
      return [node.predicate];
    case "Project":
      return node.columns.map(({ expr }) => expr);
    case "Explode":
      return [node.value];
    case "Expand":
      return node.columns.flatMap(({ values }) => values);
    case "Aggregate": {
      const keys = node.groups.flatMap((item) => (item.kind === "key" ? [item.key.expr] : item.window.kind === "session" ? [item.window.time, item.window.gap] : [item.window.time]));
      return [...keys, ...node.aggregates.flatMap(({ call }) => [...call.args, ...(call.where === undefined ? [] : [call.where])])];
    }
    case "Join":
      return [...node.equalities.flatMap(({ left, right }) => [left, right]), ...(node.residual === undefined ? [] : [node.residual])];
    case "Top":
      return [...node.spec.order.map(({ expr }) => expr), ...node.spec.per];
    case "Dedup":
      return node.keys;
    case "Apply":
      return [node.argument];
    case "UserState":
      return [...node.spec.keys.map(({ expr }) => expr), node.spec.row];
    default:
      return [];
  }
}
