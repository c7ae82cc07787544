import { latestOfChanges, latestWithoutKey } from "../../diagnostics/catalogue/streaming.ts";
import { joinCondition } from "../../diagnostics/catalogue/types.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { JoinEquality } from "../../ir/logical/plan.ts";
import { applyOperator } from "../expressions/bind-operator.ts";
import { conjunction } from "../expressions/conjuncts.ts";
import type { ExprContext } from "../expressions/expr-context.ts";
import type { BoundCondition } from "./bind-join.ts";

/**
 * The condition of `join latest` (semantics 0.8): beside a stream its equalities are those of the stream's key, by which one row is found, and all else is asked of that
 * row. Undefined after a report. Beside a table it is any condition; a table joined with a table is a plain join.
 */
export function latestCondition(step: StepOf<"Join">, left: LogicalPlan, right: LogicalPlan, condition: BoundCondition, context: ExprContext): BoundCondition | undefined {
  const { job } = context;
  if (step.joinKind !== "inner" && step.joinKind !== "left") {
    job.report(joinCondition({ message: `a ${step.joinKind} join has no \`latest\`` }).at(step.span).labelled("each row of the left side comes out once, with the newest row or without").helped("write `join latest` or `join left latest`"));
    return undefined;
  }
  if (!right.streaming) return condition;
  if (!left.streaming) {
    job.report(latestOfChanges({ reason: "these are a table's, which are all there at once" }).at(step.span).helped("start with a stream, or leave `latest` out"));
    return undefined;
  }
  const { keyCopies } = right;
  const copies = new Set(keyCopies?.flat());
  const isKey = ({ right: key, nullSafe }: JoinEquality): boolean => !nullSafe && key.kind === "ColumnRef" && copies.has(key.id);
  const keys = condition.equalities.filter(isKey);
  const found = new Set(keys.flatMap(({ right: key }) => (key.kind === "ColumnRef" ? [key.id] : [])));
  const missing = keyCopies?.filter((names) => !names.some((id) => found.has(id)));
  const side = sideText(step);
  if (missing === undefined) {
    job.report(latestWithoutKey({ side, reason: "has no key" }).at(step.right.span).helped("keep one row a key: `top 1 by time desc per key`, or an `aggregate`"));
    return undefined;
  }
  if (missing.length > 0) {
    const names = missing.map(([id]) => `\`${right.output.find((column) => column.id === id)?.name ?? ""}\``).join(", ");
    job.report(latestWithoutKey({ side, reason: `has ${missing.length === keyCopies?.length ? "the key" : "in its key also"} ${names}` }).at(step.condition?.kind === "on" ? step.condition.value.span : step.span).helped(`add an equality for ${names} to the condition`));
    return undefined;
  }
  const others = condition.equalities.filter((pair) => !isKey(pair)).map(({ left: a, right: b, nullSafe }) => applyOperator(nullSafe ? "is not distinct from" : "=", [a, b], step.span, step.span, context));
  const rest = [...others, ...(condition.residual === undefined ? [] : [condition.residual])];
  return { equalities: keys, residual: rest.length === 0 ? undefined : conjunction(rest) };
}

function sideText({ right }: StepOf<"Join">): string {
  const name = right.kind === "MissingRelation" ? undefined : (right.alias ?? (right.kind === "NamedRelation" ? right.name : undefined));
  return name === undefined ? "the right side" : `\`${name.text}\``;
}
