import { aggregateOf } from "../../../compiler/5-spark/expressions/aggregate-of.ts";
import { columnOf } from "../../../compiler/5-spark/expressions/column-of.ts";
import { literalOf } from "../../../compiler/5-spark/expressions/literal-of.ts";
import type { SparkContext } from "../../../compiler/5-spark/spark-context.ts";
import { compile } from "../../../compiler/compile.ts";
import type { ColumnId, Expr } from "../../../compiler/ir/expr/expr.ts";
import type { LiteralValue } from "../../../compiler/ir/expr/literal-value.ts";
import { substitute, visitExpr } from "../../../compiler/ir/expr/walk.ts";
import type { Aggregate } from "../../../compiler/ir/logical/aggregate.ts";
import type { LogicalPlan } from "../../../compiler/ir/logical/plan.ts";
import { type DataType, typeText } from "../../../compiler/ir/types/data-type.ts";
import type { Question } from "../../facts/question.ts";

/** A question as the compiler writes it for Spark. `refused`: told with an error of the target; `not asked`: Sluice itself does not take it, or it is no one expression. */
export type EmittedQuestion =
  | { readonly kind: "emitted"; readonly column: string; readonly warnings: readonly string[]; readonly type: DataType }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "not asked" };

/** The Column of the question's expression, over a frame whose columns have the question's names. */
export function emitQuestion(question: Question): EmittedQuestion {
  if (question.isPipeline === true) return { kind: "not asked" };
  const declared = [{ name: "always", type: { kind: "int" } as const }, ...question.columns].map(({ name, type }) => `${name}: ${typeText(type)}?`).join(", ");
  const steps = `${question.isAggregate ? "aggregate" : "select"} ${question.text} as r`;
  const text = `table rows: { ${declared} } from queue()\nsink out = rows |> ${steps} into memory()${question.isAggregate ? " mode complete" : ""}\noption timezone = "${question.timezone ?? "UTC"}"\n`;
  const { job, queries: [query] } = compile("job.sluice", text, { files: { read: () => undefined }, optimize: false });
  if (job === undefined || query === undefined) return { kind: "not asked" };
  const warnings: string[] = [];
  const errors: { code: string; message: string }[] = [];
  const context: SparkContext = {
    job,
    at: query.analyzed.span,
    tell: ({ severity, code, message }) => {
      if (severity === "error") errors.push({ code, message });
      else warnings.push(`${code}: ${message}`);
    },
  };
  const column = columnText(query.analyzed.plan, context);
  const [error] = errors;
  if (error !== undefined) return { kind: "refused", ...error };
  return { kind: "emitted", column, warnings, type: query.analyzed.plan.output[0]?.type ?? { kind: "null" } };
}

/** Values as Columns of just their types. */
export function valueText(value: unknown, type: DataType): string {
  return literalOf(value as LiteralValue, type).text;
}

function columnText(plan: LogicalPlan, context: SparkContext): string {
  const { exprs, aggregate } = bottomUp(plan);
  const [first] = plan.output;
  const expr = first === undefined ? undefined : exprs.get(first.id);
  if (expr === undefined) throw new TypeError("a question has one column");
  if (aggregate === undefined) return columnOf(expr, namesOf([expr]), context).text;
  const inputs = bottomUp(aggregate.input).exprs;
  const calls = new Map<ColumnId, string>();
  for (const { id, call } of aggregate.aggregates) {
    const within = { ...call, args: call.args.map((arg) => substitute(arg, inputs)), where: call.where === undefined ? undefined : substitute(call.where, inputs) };
    calls.set(id, aggregateOf(within, namesOf([...within.args, ...(within.where === undefined ? [] : [within.where])]), context, false).text);
  }
  const names = new Map([...calls.keys()].map((id) => [id, `aggregate_${id}`] as const));
  let text = columnOf(expr, names, context).text;
  for (const [id, call] of calls) text = text.replaceAll(`F.col("aggregate_${id}")`, () => `(${call})`);
  return text;
}

/** Each output column as an expression over the columns of the scan, or of the aggregate where there is one. */
function bottomUp(plan: LogicalPlan): { readonly exprs: ReadonlyMap<ColumnId, Expr>; readonly aggregate: Aggregate | undefined } {
  if (plan.kind === "Project") {
    const below = bottomUp(plan.input);
    return { aggregate: below.aggregate, exprs: new Map(plan.columns.map(({ id, expr }) => [id, substitute(expr, below.exprs)])) };
  }
  if (plan.kind !== "Scan" && plan.kind !== "Aggregate") throw new TypeError(`a question has no ${plan.kind}`);
  const own = plan.output.map((column): readonly [ColumnId, Expr] => [column.id, { kind: "ColumnRef", id: column.id, name: column.name, type: column.type, nullable: column.nullable, volatility: "immutable", origin: undefined }]);
  return { aggregate: plan.kind === "Aggregate" ? plan : undefined, exprs: new Map(own) };
}

function namesOf(exprs: readonly Expr[]): ReadonlyMap<ColumnId, string> {
  const names = new Map<ColumnId, string>();
  for (const expr of exprs) visitExpr(expr, (node) => {
    if (node.kind === "ColumnRef") names.set(node.id, node.name);
  });
  return names;
}
