import { longType, recordType, stringType, timestampType, type Field } from "../../ir/types/data-type.ts";

/** What every row of a file source knows of its file; a hidden column, which appears only when it is named (Spark's `_metadata`). */
export const fileColumn: Field = {
  name: "_file",
  type: recordType([
    { name: "path", type: stringType, nullable: false },
    { name: "name", type: stringType, nullable: false },
    { name: "size", type: longType, nullable: false },
    { name: "modified", type: timestampType, nullable: false },
  ]),
  nullable: false,
};
