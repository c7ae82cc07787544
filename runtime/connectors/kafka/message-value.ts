import { JsonWriter } from "../../formats/json-writer.ts";
import type { MessagePart, SinkContext } from "../sink.ts";
import { noMessage } from "./sink-errors.ts";
import { ValueSlab } from "./value-slab.ts";

/** What the values of messages hold; absent where the rows' columns are the messages', as in Spark. */
export type MessageFormat = "json" | "avro" | "text" | "binary";

/** The columns of a row that is a message (semantics KK1). */
const messageColumns: ReadonlySet<string> = new Set(["key", "value", "topic", "partition", "headers"]);

/** How the value of a row's message is made; `encode` writes whole rows in a format of its own. R7733 where the columns do not say it. */
export function messageValue<Row>(context: SinkContext<Row>, format: MessageFormat | undefined, encode: ((row: unknown) => Uint8Array) | undefined): (row: Row) => MessagePart {
  const { columns, encodeJson, message, queryName } = context;
  const ofRow = message?.value;
  if (ofRow !== undefined) return (row) => ofRow(row);
  if (encode !== undefined) return encode;
  if (format === "avro") throw noMessage(queryName, "`format: \"avro\"` came without its encoder", "build the job again; this is a bug of the compiler if it stays");
  if (format === "json") {
    const json = new JsonWriter();
    const slab = new ValueSlab();
    return (row) => {
      json.reset();
      encodeJson(row, json);
      return slab.keep(json.view());
    };
  }
  if (format !== undefined) {
    const wanted = format === "text" ? "string" : "binary";
    const [column, another] = columns;
    if (column === undefined || another !== undefined || column.type !== wanted) {
      throw noMessage(queryName, `\`format: "${format}"\` needs rows of one column of type ${wanted}, found ${columns.map(({ name, type }) => `${name}: ${type}`).join(", ")}`, 'select that column alone, give a `value: …`, or write `format: "json"`');
    }
    return (row) => partOf(cellOf(row, column.name));
  }
  const value = columns.find(({ name }) => name === "value");
  const strange = columns.find(({ name }) => !messageColumns.has(name));
  const help = 'select the message\'s columns (`value`, and `key`, `topic`, `partition`, `headers`), or write `format: "json"` for whole rows';
  if (value === undefined) throw noMessage(queryName, "there is no column `value`", help);
  if (strange !== undefined) throw noMessage(queryName, `\`${strange.name}\` is no column of a message`, help);
  if (value.type !== "string" && value.type !== "binary") throw noMessage(queryName, `\`value\` is of type ${value.type}, and not string or binary`, help);
  return (row) => partOf(cellOf(row, "value"));
}

/** The value of a row's column. */
export function cellOf(row: unknown, column: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[column];
}

/** A cell of type string or binary. */
export function partOf(cell: unknown): MessagePart {
  return cell instanceof Uint8Array || typeof cell === "string" ? cell : null;
}
