import { callCode, member } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import type { EmittedValue } from "../catalog/expressions/environment.ts";
import type { DataType } from "../ir/types/data-type.ts";

/** A key of an operator: its type and its value of the row at hand. */
export interface EmittedKey {
  readonly type: DataType;
  readonly value: EmittedValue;
}

/** The lane of a text that is read of the row as it stands there: it is looked up by its bytes. */
export function textLaneOf({ type, value }: EmittedKey): Code | undefined {
  return type.kind === "string" ? value.lane : undefined;
}

/** A text as one of several keys: where it is read in place of a lane it is looked up there, and no string is made of it. */
export function textKey(key: EmittedKey): Code {
  const lane = textLaneOf(key);
  return lane === undefined ? key.value.code : keyOfLane(lane);
}

/** A key of rows that are taken from the lanes themselves: of a text, long or decimal no value is made. */
export function keyOfTakenRow({ type: { kind }, value: { lane, code } }: EmittedKey): Code {
  return lane !== undefined && (kind === "string" || kind === "long" || kind === "decimal") ? keyOfLane(lane) : code;
}

function keyOfLane(lane: Code): Code {
  return callCode(member(lane, "key"), new Code("row", Precedence.primary, []));
}
