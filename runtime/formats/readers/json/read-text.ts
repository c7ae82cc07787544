import type { NullableTexts, TextLane, Texts } from "../../columns/texts.ts";
import { deviates } from "./deviates.ts";
import { endOfNumber } from "./end-of-number.ts";
import { checkNullableBoolean } from "./read-boolean.ts";
import { endOfNull } from "./read-null.ts";
import { endOfPlainText } from "./scan-text.ts";

/** Reads a JSON string; a number or boolean is its text (JacksonParser: StringType takes any scalar). */
export function readText(bytes: Uint8Array, view: DataView, at: number, lane: Texts, row: number): number {
  if (bytes[at] !== 34) return unquotedInto(bytes, at, lane, row);
  const end = endOfPlainText(view, ++at);
  if (bytes[end] !== 34) return escapedInto(bytes, view, at, end, lane, row);
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
  if (bytes[end] !== 34) return escapedInto(bytes, view, at, end, lane, row);
  lane.starts[row] = at;
  lane.ends[row] = end;
  return end + 1;
}

/** A string that the job does not read but that decides whether the record is malformed. */
export function checkText(bytes: Uint8Array, view: DataView, at: number): number {
  if (bytes[at] !== 34) return endOfScalar(bytes, at);
  const end = endOfPlainText(view, at + 1);
  return bytes[end] === 34 ? end + 1 : endOfEscapedText(bytes, view, end);
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

/** The place after the closing quote of a string that has an escape at `at`; control characters and unknown escapes deviate. */
export function endOfEscapedText(bytes: Uint8Array, view: DataView, at: number): number {
  for (;;) {
    if (bytes[at] === 34) return at + 1;
    if (bytes[at] !== 92) return deviates;
    const end = endOfEscape(bytes, at);
    if (end < 0) return deviates;
    at = endOfPlainText(view, end);
  }
}

function endOfEscape(bytes: Uint8Array, at: number): number {
  switch (bytes[at + 1]) {
    case 34: case 47: case 92: case 98: case 102: case 110: case 114: case 116: // " / \ b f n r t
      return at + 2;
    case 117: // u
      for (let n = at + 2; n < at + 6; n++) if (!isHexDigit(bytes[n]!)) return deviates;
      return at + 6;
    default:
      return deviates;
  }
}

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}

function escapedInto(bytes: Uint8Array, view: DataView, start: number, stop: number, lane: TextLane, row: number): number {
  const end = endOfEscapedText(bytes, view, stop);
  if (end < 0) return deviates;
  const text: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + start - 1, end - start + 1).toString("utf8"));
  // Half a surrogate pair is not text: the exact decoder knows what stands in its place.
  if (typeof text !== "string" || /\p{Surrogate}/u.test(text)) return deviates;
  lane.starts[row] = -1;
  lane.decoded[row] = text;
  return end;
}
