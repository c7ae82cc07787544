import { stringType, type DataType } from "../../ir/types/data-type.ts";
import { timeZoneName } from "./check-pattern.ts";
import type { Format } from "./format.ts";

/** Parquet's columns by their names; timestamps of the file that are no instants are in `timeZone`, the job's unless given. */
export const parquet: Format = {
  name: "parquet",
  reading: [{ name: "timeZone", type: stringType, check: timeZoneName }],
  ofFiles: new Set(),
  writing: [],
  lacks: (type) => (hasEmptyRecord(type) ? "has no form for records without fields" : undefined),
};

function hasEmptyRecord(type: DataType): boolean {
  switch (type.kind) {
    case "array":
      return hasEmptyRecord(type.element);
    case "map":
      return hasEmptyRecord(type.key) || hasEmptyRecord(type.value);
    case "record":
      return type.fields.length === 0 || type.fields.some((field) => hasEmptyRecord(field.type));
    default:
      return false;
  }
}
