import type { ByteBuffer } from "../../../formats/byte-buffer.ts";
import { CsvRows, type CsvRowOptions } from "./csv-rows.ts";
import type { RowMembers } from "./row-members.ts";

/** How rows become the bytes of a file. `columns` are the numbers of the members that go into the file. */
export interface RowFormat {
  /** What each file begins with. */
  begin(out: ByteBuffer): void;
  /** Writes a row with its line end. */
  row(members: RowMembers, columns: readonly number[], out: ByteBuffer): void;
}

export type RowFormatName = "json" | "csv" | "text";

/** The format of a sink; `names` of the columns that go into its files, for a header. */
export function rowFormat(format: RowFormatName, names: readonly string[], options: CsvRowOptions): RowFormat {
  return format === "csv" ? new CsvRows(names, options) : format === "text" ? textRows : jsonRows;
}

/** A JSON object a line. */
const jsonRows: RowFormat = {
  begin: () => {},
  row(members, columns, out) {
    out.byte(123);
    columns.forEach((column, at) => {
      if (at > 0) out.byte(44);
      out.bytes(members.json, members.names[column], members.ends[column]);
    });
    out.byte(125);
    out.byte(10);
  },
};

/** The one column's text a line; null is an empty line. */
const textRows: RowFormat = {
  begin: () => {},
  row(members, columns, out) {
    for (const column of columns) if (!members.isNull(column)) out.text(members.text(column));
    out.byte(10);
  },
};
