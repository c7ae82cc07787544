import { notGrouped } from "../../diagnostics/catalogue/table-functions.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { caseWhen, literal, literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { sameExpr } from "../../ir/expr/walk.ts";
import { intType, longType } from "../../ir/types/data-type.ts";
import { bindArguments } from "./bind-call.ts";
import { applyOperator } from "./bind-operator.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";

/**
 * `grouping(a)`: 1 in the rows of a grouping set that leaves the key out, else 0. `grouping_id()`: these of all keys as the bits
 * of a long, the first key's the highest; keys written as arguments must be all of them in their order (Spark's rule).
 */
export function bindGrouping(node: CallExpression, context: ExprContext): Expr {
  const { job, grouping } = context;
  const name = node.callee.text;
  const wrong = (message: string, help: string): Expr => {
    job.report(notGrouped({ message }).at(node.span).helped(help));
    return poison(node.span);
  };
  if (context.insideAggregate !== undefined) return wrong(`\`${name}\` stands beside an aggregate call, not in it`, "take it out of the call");
  if (grouping === undefined) return wrong(`\`${name}\` stands beside the aggregates of \`cube\`, \`rollup\` or \`grouping sets\``, "write `group by cube(a, b)`");
  const args = bindArguments(node, { ...context, scope: context.aggregates?.input ?? context.scope, aggregates: undefined });
  if (args === undefined || args.some(isPoisoned)) return poison(node.span);
  const places = args.map((arg) => grouping.keys.findIndex((key) => sameExpr(key.expr, arg)));
  const keys = grouping.keys.map((key) => `\`${key.name}\``).join(", ");
  if (places.includes(-1)) return wrong(`\`${name}\` asks for something that is no key`, `the keys are ${keys}`);
  if (name === "grouping_id") {
    const isWhole = places.length === 0 || (places.length === grouping.keys.length && places.every((place, at) => place === at));
    return isWhole ? { ...grouping.id, origin: node.span } : wrong("`grouping_id` is of all keys in their order", `write \`grouping_id()\`, or name ${keys}`);
  }
  const [place] = places;
  if (place === undefined || places.length > 1) return wrong("`grouping` takes one key", "write `grouping(a)`, or `grouping_id()` for all keys");
  const bit = 2 ** (grouping.keys.length - 1 - place);
  const without = [...new Set(grouping.ids.filter((id) => Math.floor(id / bit) % 2 === 1))];
  if (without.length === 0) return literals.int(0, node.span);
  const marks = without.map((id) => literal(id, longType, node.span));
  const left = applyOperator(marks.length === 1 ? "=" : "in", [grouping.id, ...marks], node.span, node.span, context);
  return caseWhen([{ when: left, then: literals.int(1) }], literals.int(0), intType, node.span);
}
