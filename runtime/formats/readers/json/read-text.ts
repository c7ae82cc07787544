import type { NullableTexts, TextLane, Texts } from "../../columns/texts.ts";
import { deviates } from "./deviates.ts";
import { endOfNumber } from "./end-of-number.ts";
import { endOfRareText } from "./end-of-rare-text.ts";
import { checkNullableBoolean } from "./read-boolean.ts";
import { endOfNull } from "./read-null.ts";
import { endOfPlainText } from "./scan-text.ts";

/** Reads a JSON string; a number or boolean is its text (JacksonParser: StringType takes any scalar). */
export function readText(bytes: Uint8Array, view: DataView, at: number, lane: Texts, row: number): number {
  if (bytes[at] !== 34) return unquotedInto(bytes, at, lane, row);
  const end = endOfPlainText(view, ++at);
  if (bytes[end] !== 34) return rareInto(bytes, view, at, end, lane, row);
  lane.starts[row] = at;
  lane.ends[row] = end;
  return end + 1;
}

export function readNullableText(bytes: Uint8Array, view: DataView, at: number, lane: NullableTexts, row: number): number {
  if (bytes[at] !== 34) {
    if (bytes[at] !== 110) return unquotedInto(bytes, at, lane, row);
    lane.starts[row] = -2;
    return endOfNull(bytes, at);
  }
  const end = endOfPlainText(view, ++at);
  if (bytes[end] !== 34) return rareInto(bytes, view, at, end, lane, row);
  lane.starts[row] = at;
  lane.ends[row] = end;
  return end + 1;
}

/** A string that the job does not read but that decides whether the record is malformed. */
export function checkText(bytes: Uint8Array, view: DataView, at: number): number {
  if (bytes[at] !== 34) return endOfScalar(bytes, at);
  const end = endOfPlainText(view, at + 1);
  return bytes[end] === 34 ? end + 1 : endOfRareText(bytes, view, end);
}

export function checkNullableText(bytes: Uint8Array, view: DataView, at: number): number {
  return bytes[at] === 110 ? endOfNull(bytes, at) : checkText(bytes, view, at);
}

function endOfScalar(bytes: Uint8Array, at: number): number {
  return bytes[at] === 116 || bytes[at] === 102 ? checkNullableBoolean(bytes, at) : endOfNumber(bytes, at);
}

function unquotedInto(bytes: Uint8Array, at: number, lane: TextLane, row: number): number {
  const end = endOfScalar(bytes, at);
  lane.starts[row] = at;
  lane.ends[row] = end;
  return end;
}

/** A text that is not plain from `stop` on: it stays in the chunk unless escapes have to be undone. */
function rareInto(bytes: Uint8Array, view: DataView, start: number, stop: number, lane: TextLane, row: number): number {
  const end = endOfRareText(bytes, view, stop);
  if (end < 0) return deviates;
  const quoted = Buffer.from(bytes.buffer, bytes.byteOffset + start - 1, end - start + 1);
  if (!quoted.includes(92)) {
    lane.starts[row] = start;
    lane.ends[row] = end - 1;
    return end;
  }
  const text: unknown = JSON.parse(quoted.toString("utf8"));
  // Half a surrogate pair is not text: the exact decoder knows what stands in its place.
  if (typeof text !== "string" || /\p{Surrogate}/u.test(text)) return deviates;
  lane.starts[row] = -1;
  lane.decoded[row] = text;
  return end;
}
