import { binary, callCode, index, member } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { numberCode } from "../code/literal.ts";
import type { Column } from "../ir/logical/column.ts";
import { internalError } from "../diagnostics/internal-error.ts";

/** How a reader's lane gives the value of a row (the table in `runtime/formats/column-batch.ts`). */
export function readLane(lane: Code, row: Code, column: Pick<Column, "type" | "nullable">): Code {
  const get = (): Code => callCode(member(lane, "get"), row);
  switch (column.type.kind) {
    case "string":
      return callCode(member(lane, "text"), row);
    case "boolean":
      return column.nullable ? get() : binary("===", index(lane, row), numberCode(1));
    case "int":
    case "double":
    case "float":
    case "date":
    case "timestamp":
    case "duration":
      return column.nullable ? get() : index(lane, row);
    case "long":
    case "decimal":
    case "record":
    case "array":
    case "map":
    case "binary":
      return get();
    default:
      return internalError("E9006", `a column of type ${column.type.kind} reached emission`);
  }
}
