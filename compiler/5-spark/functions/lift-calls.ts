import { caseWhen, columnRef } from "../../ir/expr/build.ts";
import { callsUser } from "../../ir/expr/calls-user.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { Aggregate, Dedup, Expand, Join, Project, Sort, Top, type LogicalPlan } from "../../ir/logical/plan.ts";

/**
 * Computes calls of imported functions before the steps whose expressions take none on Spark: arguments of aggregates, keys, orders. Each becomes a column of a
 * projection, the whole expression; an aggregate's argument is computed for the rows of its `where` alone. A condition of a join that reads both sides has no such place.
 */
export function liftCalls(plan: LogicalPlan): LogicalPlan {
  let next = 0;
  const count = (node: LogicalPlan): void => {
    for (const { id } of node.output) next = Math.max(next, id + 1);
    node.children.forEach(count);
  };
  count(plan);
  const lift = (node: LogicalPlan): LogicalPlan => {
    const below = node.children.map(lift);
    const rebuilt = below.every((child, at) => child === node.children[at]) ? node : node.withChildren(below);
    return lifted(rebuilt, () => next++);
  };
  return lift(plan);
}

function lifted(node: LogicalPlan, newColumn: () => ColumnId): LogicalPlan {
  const added: { id: ColumnId; name: string; expr: Expr }[] = [];
  const moved = (expr: Expr, hint = "computed"): Expr => {
    if (!callsUser(expr)) return expr;
    const column = { id: newColumn(), name: hint, expr };
    added.push(column);
    return columnRef(column.id, hint, expr.type, expr.nullable, expr.origin);
  };
  const over = <T extends LogicalPlan>(input: LogicalPlan, make: (input: LogicalPlan) => T): LogicalPlan =>
    make(added.length === 0 ? input : new Project(input, [...input.output.map(({ id, name, type, nullable }) => ({ id, name, expr: columnRef(id, name, type, nullable) })), ...added], node.origin));
  const calls = (exprs: readonly (Expr | undefined)[]): boolean => exprs.some((expr) => expr !== undefined && callsUser(expr));
  switch (node.kind) {
    case "Aggregate": {
      const exprs = [...node.groups.flatMap((item) => (item.kind === "key" ? [item.key.expr] : [item.window.time, ...(item.window.kind === "session" ? [item.window.gap] : [])])), ...node.aggregates.flatMap(({ call }) => [...call.args, call.where])];
      if (!calls(exprs)) return node;
      const groups = node.groups.map((item): typeof item => {
        if (item.kind === "key") return { ...item, key: { ...item.key, expr: moved(item.key.expr, item.key.name) } };
        const { window } = item;
        return { ...item, window: window.kind === "session" ? { ...window, time: moved(window.time), gap: moved(window.gap, "gap") } : { ...window, time: moved(window.time) } };
      });
      const aggregates = node.aggregates.map((aggregate) => ({ ...aggregate, call: { ...aggregate.call, args: aggregate.call.args.map((arg) => moved(callsUser(arg) ? onlyWhere(aggregate.call.where, arg) : arg, aggregate.name)), where: aggregate.call.where === undefined ? undefined : moved(aggregate.call.where, `${aggregate.name}_where`) } }));
      return over(node.input, (input) => new Aggregate(input, groups, aggregates, node.operatorId, node.origin, node.late, node.perBatch));
    }
    case "Sort": {
      if (!calls(node.items.map(({ expr }) => expr))) return node;
      const items = node.items.map((item) => ({ ...item, expr: moved(item.expr) }));
      return onlyColumnsOf(node, over(node.input, (input) => new Sort(input, items, node.origin)));
    }
    // Over the columns that are left of an order the limit would not see it: the projection stands above both.
    case "Limit": {
      const { input } = node;
      if (input.kind !== "Project" || !isOrdered(input.input) || !input.columns.every(({ id, expr }) => expr.kind === "ColumnRef" && expr.id === id)) return node;
      return new Project(node.withChildren([input.input]), input.columns, input.origin);
    }
    case "Top": {
      const { spec } = node;
      if (!calls([...spec.per, ...spec.order.map(({ expr }) => expr)])) return node;
      const per = spec.per.map((key) => moved(key));
      const order = spec.order.map((item) => ({ ...item, expr: moved(item.expr) }));
      return onlyColumnsOf(node, over(node.input, (input) => new Top(input, { ...spec, per, order }, node.operatorId, node.origin, node.late)));
    }
    case "Dedup": {
      if (!calls(node.keys)) return node;
      const keys = node.keys.map((key) => moved(key));
      return onlyColumnsOf(node, over(node.input, (input) => new Dedup(input, keys, node.operatorId, node.origin, node.within, node.late)));
    }
    case "Expand": {
      if (!calls(node.columns.flatMap(({ values }) => values))) return node;
      const columns = node.columns.map((column) => ({ ...column, values: column.values.map((value) => moved(value)) }));
      return onlyColumnsOf(node, over(node.input, (input) => new Expand(input, node.copies, columns, node.origin)));
    }
    case "Join": {
      if (!calls(node.equalities.flatMap(({ left, right }) => [left, right]))) return node;
      const lefts = node.equalities.map(({ left }) => moved(left, "key"));
      const left = over(node.left, (input) => input);
      added.length = 0;
      const equalities = node.equalities.map((equality, at) => ({ ...equality, left: lefts[at] ?? equality.left, right: moved(equality.right, "key") }));
      const right = over(node.right, (input) => input);
      return onlyColumnsOf(node, new Join(left, right, node.joinKind, equalities, node.residual, node.operatorId, node.origin, node.sides));
    }
    default:
      return node;
  }
}

/** Whether the rows come in an order that columns of theirs say, all of them among the output. */
function isOrdered({ kind }: LogicalPlan): boolean {
  return kind === "Sort" || kind === "Top" || kind === "Dedup";
}

/** The argument of an aggregate, where its condition holds. */
function onlyWhere(where: Expr | undefined, arg: Expr): Expr {
  return where === undefined ? arg : caseWhen([{ when: where, then: arg }], undefined, arg.type, arg.origin);
}

/** A plan without the columns that a step did not have before. */
function onlyColumnsOf(before: LogicalPlan, plan: LogicalPlan): LogicalPlan {
  return new Project(plan, before.output.map(({ id, name, type, nullable }) => ({ id, name, expr: columnRef(id, name, type, nullable) })), before.origin);
}
