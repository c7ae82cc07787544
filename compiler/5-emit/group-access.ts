import { member, method } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { nullCode } from "../code/literal.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { Column } from "../ir/logical/column.ts";
import type { GroupTable } from "../ir/physical/physical.ts";
import { columnResultCode, laneOf } from "./aggregate-code.ts";
import { keyProperty } from "./key-names.ts";
import { type ColumnAccess } from "./emit-rows.ts";

/**
 * A column of a group: a key, a bound of its window, or an aggregate's result, told by its place. A table that is read more than
 * once has columns of their own for each reading.
 */
export function groupAccess(table: GroupTable, columns: readonly Column[], view: Code, slot: Code): ColumnAccess {
  const values = [
    ...table.groups.flatMap((item) => (item.kind === "key" ? [method(member(member(view, "keys"), keyProperty(item.key.name)), "get", slot)] : [method(view, "windowStart", slot), method(view, "windowEnd", slot)])),
    ...table.aggregates.map((column) => (column.call.type.kind === "null" ? nullCode : columnResultCode(table, column, member(member(view, "lanes"), laneOf(table, column).name), slot))),
  ];
  const byId = new Map(columns.map(({ id }, at) => [id, values[at]]));
  return ({ id, name }) => byId.get(id) ?? internalError("E9007", `the groups of ${table.id} have no column ${name} (${id})`);
}
