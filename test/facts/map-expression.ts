import type { SqlExpression } from "./sql-expression.ts";

/** The expression with every leaf, a literal or a column, replaced by what `replace` gives for it. */
export function mapLeaves(expression: SqlExpression, replace: (leaf: Extract<SqlExpression, { kind: "literal" | "column" }>) => SqlExpression): SqlExpression {
  const map = (inner: SqlExpression): SqlExpression => mapLeaves(inner, replace);
  switch (expression.kind) {
    case "literal":
    case "column":
      return replace(expression);
    case "cast":
    case "field":
      return { ...expression, input: map(expression.input) };
    case "case":
      return {
        ...expression,
        clauses: expression.clauses.map(({ when, then }) => ({ when: map(when), then: map(then) })),
        otherwise: expression.otherwise === undefined ? undefined : map(expression.otherwise),
      };
    case "array":
      return { ...expression, items: expression.items.map(map) };
    case "record":
      return { ...expression, fields: expression.fields.map(([name, value]) => [name, map(value)] as const) };
    case "index":
      return { ...expression, input: map(expression.input), index: map(expression.index) };
    case "call":
      return { ...expression, args: expression.args.map(map), ...(expression.where === undefined ? {} : { where: map(expression.where) }) };
  }
}
