import { exprText } from "../../ir/expr/index.ts";
import type { Join } from "../../ir/logical/index.ts";
import { joinBounds } from "../../ir/logical/join-bounds.ts";

/** How long a join of two streams keeps the rows of its sides, and by what they are late for it. */
export function boundsText(join: Join): string {
  const { left, right, lateLeft, lateRight } = joinBounds(join);
  const bounds = [left, right].map((bound) => (bound === undefined ? "for ever" : `until ${exprText(bound.time)} + ${bound.offset}µs`));
  const late = [lateLeft, lateRight].map((time) => (time === undefined ? "never" : exprText(time)));
  return `rows kept ${bounds.join(" and ")}, late by ${late.join(" and ")}`;
}

/**
 * The rewritten join, or the join itself where two streams would be kept in another way: the analysis has judged the bounds of the
 * condition as written, and when null rows come out hangs on them; the key of the result hangs on its columns.
 */
export function keepingBounds(join: Join, rewritten: Join): Join {
  const keeps = boundsText(join) === boundsText(rewritten) && join.key?.join() === rewritten.key?.join();
  return join.left.streaming && join.right.streaming && !keeps ? join : rewritten;
}
