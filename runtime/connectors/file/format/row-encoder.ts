import { JsonWriter } from "../../../formats/json-writer.ts";
import type { RowKind, SinkContext } from "../../sink.ts";
import { encodeWithKind } from "./kind-member.ts";

/** Writes rows as JSON objects, with their kind as a first member where the sink has a changelog. */
export class RowEncoder<Row> {
  readonly #json = new JsonWriter();
  readonly #encode: SinkContext<Row>["encodeJson"];
  /** The column of the rows' kinds; undefined where rows stay. */
  readonly #kindColumn: string | undefined;

  constructor(context: SinkContext<Row>, kindColumn: string | undefined) {
    this.#encode = context.encodeJson;
    this.#kindColumn = kindColumn;
  }

  /** The bytes of a row; good until the next call. */
  encode(kind: RowKind, row: Row): Uint8Array {
    this.#json.reset();
    if (this.#kindColumn === undefined) this.#encode(row, this.#json);
    else encodeWithKind(this.#kindColumn, kind, row, this.#encode, this.#json);
    return this.#json.view();
  }
}
