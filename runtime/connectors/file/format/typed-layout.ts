import type { ValueType } from "../../../formats/value-type.ts";
import { columnType } from "../../column-type.ts";
import type { RowKind, SinkContext } from "../../sink.ts";
import type { RowLayout } from "./file-rows.ts";
import { partitionFolder } from "./partition-folder.ts";
import { RowEncoder } from "./row-encoder.ts";
import { RowMembers } from "./row-members.ts";

/** What formats with types of their own (Avro, Parquet) need to know of a sink's rows. */
export interface TypedLayout<Row> {
  /** The columns that stand in the files, in their order; the kind of a change is a text. */
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[];
  /** The folder of a row's partition; empty where the output is not partitioned. */
  folderOf(kind: RowKind, row: Row): string;
}

/** `changelog`: the column that the kinds of rows go into, in front of the others. */
export function typedLayout<Row>(context: SinkContext<Row>, changelog: string | undefined, { names, inFile, inFolder }: RowLayout): TypedLayout<Row> {
  const types = [...(changelog === undefined ? [] : [{ kind: "string", nullable: false } as const]), ...context.columns.map(columnType)];
  const columns = inFile.flatMap((column) => {
    const type = types[column];
    return type === undefined ? [] : [{ name: names[column] ?? "", type }];
  });
  const encoder = new RowEncoder(context, changelog);
  const members = new RowMembers();
  return {
    columns,
    folderOf: (kind, row) => {
      if (inFolder.length === 0) return "";
      members.scan(encoder.encode(kind, row));
      return partitionFolder(members, inFolder);
    },
  };
}
