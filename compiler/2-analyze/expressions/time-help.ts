import type { DataType } from "../../ir/types/data-type.ts";

/** How a column that is no timestamp, but often holds a time, becomes one before a step that goes by time; undefined for any other type. */
export function timeHelp(type: DataType): string | undefined {
  if (type.kind === "string") return "declare the column `timestamp` in its schema, or make one before: `|> extend cast(text as timestamp) as t`";
  if (type.kind === "int" || type.kind === "long") return "make a timestamp before: `|> extend timestamp_millis(number) as t`, or `timestamp_seconds`";
  if (type.kind === "date") return "make a timestamp before: `|> extend cast(day as timestamp) as t`";
  return undefined;
}
