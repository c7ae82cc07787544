import { callCode, member } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { Pipeline } from "../ir/physical/physical.ts";
import { laneNames } from "./packed-rows.ts";

/** How a text is read of the row at hand as it stands in the record (`readLane`). */
const textPattern = /^(columns(?:\.[\w$]+|\["(?:[^"\\]|\\.)*"\]))\.text\(row\)$/;

/** The lane of a text that is read of the row as it stands there. */
export function textLaneOf(key: Code | undefined): string | undefined {
  return textPattern.exec(key?.text ?? "")?.[1];
}

/** Keys of a table of several: a text that stands in a lane is looked up there, so that no string is made of it. */
export function keysOfLanes(keys: readonly Code[]): readonly Code[] {
  return keys.length < 2 ? keys : keys.map((key) => keyAt(textLaneOf(key)) ?? key);
}

/** What stands for an expression as a key where it is a column as the reader gives it, in a lane of texts, longs or decimals: no value is made of it. */
export function keyLanes(pipeline: Pipeline): (key: Expr) => Code | undefined {
  const lanes = laneNames(pipeline);
  return (key) => {
    if (key.kind !== "ColumnRef" || !isKeyLane(key)) return undefined;
    const lane = lanes.get(key.id);
    return lane === undefined ? undefined : keyAt(member(new Code("columns", Precedence.primary, []), lane).text);
  };
}

function isKeyLane({ type: { kind } }: Expr): boolean {
  return kind === "string" || kind === "long" || kind === "decimal";
}

function keyAt(lane: string | undefined): Code | undefined {
  return lane === undefined ? undefined : callCode(member(new Code(lane, Precedence.postfix, []), "key"), new Code("row", Precedence.primary, []));
}
