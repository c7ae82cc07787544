import { JsonWriter } from "../formats/json-writer.ts";
import { memberTexts } from "./json-members.ts";

/** Writes rows as JSON text, for sinks that show or index them. */
export class RowText<Row> {
  readonly #encode: (row: Row, out: JsonWriter) => void;
  readonly #out = new JsonWriter();
  readonly #decoder = new TextDecoder();

  constructor(encode: (row: Row, out: JsonWriter) => void) {
    this.#encode = encode;
  }

  /** The row as one JSON object. */
  json(row: Row): string {
    this.#out.reset();
    this.#encode(row, this.#out);
    return this.#decoder.decode(this.#out.view());
  }

  /** The row's values as JSON texts, in the order of the columns: digits of any length stay as they are. */
  cells(row: Row): readonly string[] {
    return memberTexts(this.json(row));
  }
}
