import type { Expr } from "../ir/expr/expr.ts";

/** A step that is a call of a user's function with the row, for titles: `map toPage`; undefined where the expression is none. */
export function callWords(step: "filter" | "map" | "flatMap", expr: Expr | undefined): string | undefined {
  return expr?.kind === "UserCall" && expr.args.some(({ kind }) => kind === "MakeRecord") ? `${step} ${expr.function.name}` : undefined;
}
