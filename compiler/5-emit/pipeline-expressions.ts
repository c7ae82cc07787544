import type { Expr } from "../ir/expr/expr.ts";
import type { GroupTable, LatestTable, Pipeline, StreamJoinTable, TopTable, UserStateTable } from "../ir/physical/physical.ts";

/** Expressions that run in a pipeline's loop, but for those of a table or join that it feeds. */
export function expressionsOf(pipeline: Pipeline): readonly Expr[] {
  const steps = pipeline.steps.flatMap((step): readonly Expr[] => {
    switch (step.kind) {
      case "filter":
        return [step.predicate];
      case "project":
        return step.columns.map(({ expr }) => expr);
      case "lookup":
        return step.residual === undefined ? step.keys : [...step.keys, step.residual];
      case "watermark":
      case "absent":
      case "limit":
        return [];
      case "first":
        return step.keys;
      case "explode":
        return [step.value];
      case "expand":
        return step.columns.flatMap(({ values }) => values);
    }
  });
  const { consumer } = pipeline;
  if (consumer.kind === "lookup") return [...steps, ...consumer.keys];
  if (consumer.kind === "call") return [...steps, consumer.argument];
  if (consumer.kind === "marks") return [...steps, ...consumer.step.keys, ...(consumer.step.residual === undefined ? [] : [consumer.step.residual])];
  if (consumer.kind === "rows") return [...steps, ...[...(consumer.order ?? []), ...(consumer.top?.order ?? [])].map(({ expr }) => expr), ...(consumer.top?.per ?? []), ...(consumer.limit === undefined ? [] : [consumer.limit])];
  return steps;
}

/** Expressions that run in the loop that feeds a table. */
export function tableExpressions(table: GroupTable): readonly Expr[] {
  return [
    ...table.groups.flatMap((item) => (item.kind === "key" ? [item.key.expr] : item.window.kind === "session" ? [item.window.time, item.window.gap] : [item.window.time])),
    ...table.aggregates.flatMap(({ call }) => [...call.args, ...(call.where === undefined ? [] : [call.where])]),
  ];
}

/** Expressions that run in the loop that feeds a `top`, which orders the row among those of its key. */
export function topExpressions({ spec }: TopTable): readonly Expr[] {
  return [...spec.per, ...spec.order.map(({ expr }) => expr)];
}

/** Expressions that run in the loops that feed a user's state. */
export function stateExpressions({ spec: { keys, row, initial }, time }: UserStateTable): readonly Expr[] {
  return [...keys.map(({ expr }) => expr), row, ...(time === undefined ? [] : [time]), ...(initial === undefined ? [] : [...initial.keys, initial.state])];
}

/** Expressions that run in the loop that feeds the latest rows. */
export function latestExpressions({ keys }: LatestTable): readonly Expr[] {
  return keys;
}

/** Expressions that run in the loop that feeds a side of a join, in which its rows meet those of the other side. */
export function joinExpressions(join: StreamJoinTable, side: "left" | "right"): readonly Expr[] {
  const { keys, meets, keeps } = join[side];
  return [...keys, ...[meets, keeps?.time, join.residual].filter((expr) => expr !== undefined)];
}
