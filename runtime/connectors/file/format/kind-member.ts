import type { JsonWriter } from "../../../formats/json-writer.ts";
import type { RowKind } from "../../sink.ts";

const comma = 44;

/** Writes a row as `encode` does, a JSON object of at least one member, with its kind as the first member. */
export function encodeWithKind<Row>(name: string, kind: RowKind, row: Row, encode: (row: Row, out: JsonWriter) => void, out: JsonWriter): void {
  out.raw("{");
  out.text(name);
  out.raw(`:"${kind}"`);
  const at = out.length;
  encode(row, out);
  // The row's own brace.
  out.view()[at] = comma;
}
