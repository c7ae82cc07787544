import type { NullableTexts, TextLane, Texts } from "../../columns/texts.ts";
import { deviates } from "../json/deviates.ts";
import { endOfPlainField, endOfQuotedField } from "./scan-field.ts";

/** Reads a field that is not empty; the text stays in the chunk. The chunk is known to be valid UTF-8. */
export function readCsvText(bytes: Uint8Array, view: DataView, at: number, separator: number, lane: Texts, row: number): number {
  if (bytes[at] === 34) return quotedInto(bytes, at + 1, lane, row);
  const end = endOfPlainField(bytes, view, at, separator);
  if (end === at) return deviates;
  lane.starts[row] = at;
  lane.ends[row] = end;
  return end;
}

/** Reads a field; an empty one is null. */
export function readNullableCsvText(bytes: Uint8Array, view: DataView, at: number, separator: number, lane: NullableTexts, row: number): number {
  if (bytes[at] === 34) return quotedInto(bytes, at + 1, lane, row);
  const end = endOfPlainField(bytes, view, at, separator);
  lane.starts[row] = end === at ? -2 : at;
  lane.ends[row] = end;
  return end;
}

/** What `""` is, the options say. */
function quotedInto(bytes: Uint8Array, at: number, lane: TextLane, row: number): number {
  const end = endOfQuotedField(bytes, at);
  if (end <= at) return deviates;
  lane.starts[row] = at;
  lane.ends[row] = end;
  return end + 1;
}
