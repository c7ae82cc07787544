import type { ColumnId } from "../expr/expr.ts";
import type { Join } from "./plan.ts";

/** An input of a join. */
export type Side = "left" | "right";

export function otherSide(side: Side): Side {
  return side === "left" ? "right" : "left";
}

/** What to call a side in a message: by its alias, where it has one. */
export function sideName({ sides: { names } }: Join, side: Side): string {
  return names === undefined || names[side] === side ? `the ${side} side` : `\`${names[side]}\``;
}

/** The time of a side as the condition would name it, `b.at`: that of some event times, or else a column that could be one; `none` where there is none. */
export function timeText(node: Join, side: Side, times: readonly ColumnId[], none: string): string {
  const { output } = node[side];
  const name = (output.find(({ id }) => times.includes(id)) ?? output.find(({ type }) => type.kind === "timestamp"))?.name ?? none;
  const alias = node.sides.names?.[side];
  return alias === undefined || alias === side ? name : `${alias}.${name}`;
}
