import { exprText } from "../expr/print.ts";
import type { Expr } from "../expr/expr.ts";
import { durationText } from "./duration-text.ts";

/** The interval of a trigger as it is shown: `5s`; one that a param gives stands by its name. */
export function intervalText(interval: Expr): string {
  return interval.kind === "Literal" && typeof interval.value === "number" ? durationText(interval.value) : exprText(interval);
}
