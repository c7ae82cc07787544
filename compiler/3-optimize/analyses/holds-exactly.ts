import type { DataType } from "../../ir/types/data-type.ts";

/** Whether every number of one type is one of another, so that a cast to it and back gives it again. */
export function holdsExactly(type: DataType, values: DataType): boolean {
  switch (values.kind) {
    case "int":
      return type.kind === "long" || type.kind === "double" || (type.kind === "decimal" && type.precision - type.scale >= 10);
    case "long":
      return type.kind === "decimal" && type.precision - type.scale >= 19;
    case "float":
      return type.kind === "double";
    default:
      return false;
  }
}
