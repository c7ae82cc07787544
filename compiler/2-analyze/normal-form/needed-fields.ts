import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { LateRoute, LogicalPlan } from "../../ir/logical/plan.ts";
import { Scan } from "../../ir/logical/plan.ts";

/**
 * The fields of each input whose decoding decides whether a record is malformed: those that any query of the job uses, in an
 * expression or in its sink (all declared ones where the input is strict). A column that is only passed on and never used is not
 * one of them. Settled here, before any rule, so that no rule can change which records are malformed.
 */
export function withNeededFields(plans: readonly LogicalPlan[]): readonly LogicalPlan[] {
  const needed = new Map<string, Set<string>>();
  for (const plan of plans) collect(plan, new Set(plan.output.map((column) => column.id)), needed);
  return plans.map((plan) =>
    plan.transformUp((node) => {
      if (node.kind !== "Scan") return node;
      const used = needed.get(node.input.name);
      const names = node.input.fields.map((field) => field.name).filter((name) => node.input.strict || used?.has(name) === true);
      return new Scan(node.input, node.columns, new Set(names), node.filter, node.origin);
    }),
  );
}

function collect(node: LogicalPlan, used: ReadonlySet<ColumnId>, needed: Map<string, Set<string>>): void {
  switch (node.kind) {
    case "Scan": {
      const names = needed.get(node.input.name) ?? new Set<string>();
      for (const column of node.columns) if (used.has(column.id)) names.add(column.name);
      needed.set(node.input.name, names);
      return;
    }
    case "Project":
      return collect(node.input, columnsIn(node.columns.filter(({ id, expr }) => expr.kind !== "ColumnRef" || used.has(id)).map(({ expr }) => expr)), needed);
    case "Filter":
      return collect(node.input, union(used, columnsIn([node.predicate])), needed);
    case "Explode":
      return collect(node.input, union(used, columnsIn([node.value])), needed);
    case "Expand":
      return collect(node.input, union(used, columnsIn(node.columns.flatMap(({ id, values }) => values.filter((value) => value.kind !== "ColumnRef" || used.has(id))))), needed);
    case "Watermark":
      return collect(node.input, union(used, new Set([node.spec.column])), needed);
    case "Sort":
      return collect(node.input, union(used, columnsIn(node.items.map((item) => item.expr))), needed);
    case "Apply":
      return collect(node.input, columnsIn([node.argument]), needed);
    case "UserState": {
      const { keys, row, initial } = node.spec;
      collect(node.input, columnsIn([...keys.map(({ expr }) => expr), row, ...routed(node)]), needed);
      if (node.initial !== undefined && initial !== undefined) collect(node.initial, columnsIn([...initial.keys, initial.state]), needed);
      return;
    }
    case "Limit":
      return collect(node.input, used, needed);
    case "Top":
      return collect(node.input, union(used, columnsIn([...node.spec.order.map((item) => item.expr), ...node.spec.per, ...routed(node)])), needed);
    case "Dedup":
      return collect(node.input, union(used, new Set([...columnsIn([...node.keys, ...routed(node)]), ...(node.within === undefined ? [] : [node.within.time])])), needed);
    case "Union":
      return node.inputs.forEach((input, at) => collect(input, new Set(node.columns.flatMap(({ id, sources }) => (used.has(id) ? (sources[at] ?? []) : []))), needed));
    case "Aggregate": {
      const keys = node.groups.flatMap((item) => (item.kind === "key" ? [item.key.expr] : item.window.kind === "session" ? [item.window.time, item.window.gap] : [item.window.time]));
      const calls = node.aggregates.flatMap(({ call }) => [...call.args, ...(call.where === undefined ? [] : [call.where])]);
      return collect(node.input, columnsIn([...keys, ...calls, ...routed(node)]), needed);
    }
    case "Join": {
      const conditions = [...node.equalities.flatMap(({ left, right }) => [left, right]), ...(node.residual === undefined ? [] : [node.residual])];
      const all = union(used, columnsIn([...conditions, ...routed({ late: node.sides.lateLeft }), ...routed({ late: node.sides.lateRight })]));
      collect(node.left, all, needed);
      collect(node.right, all, needed);
    }
  }
}

/** What a late row carries into its side output. */
function routed({ late }: { readonly late?: LateRoute | undefined }): readonly Expr[] {
  return late === undefined ? [] : late.columns.map(({ expr }) => expr);
}

function columnsIn(exprs: readonly Expr[]): ReadonlySet<ColumnId> {
  return new Set(exprs.flatMap((expr) => [...columnsOf(expr)]));
}

function union(a: ReadonlySet<ColumnId>, b: ReadonlySet<ColumnId>): ReadonlySet<ColumnId> {
  return new Set([...a, ...b]);
}
