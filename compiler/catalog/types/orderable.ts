import type { DataType } from "../../ir/types/data-type.ts";

/** Whether values of the type can be compared and grouped: all but maps (Spark's RowOrdering.isOrderable). */
export function isOrderable(type: DataType): boolean {
  switch (type.kind) {
    case "map":
      return false;
    case "array":
      return isOrderable(type.element);
    case "record":
      return type.fields.every((field) => isOrderable(field.type));
    default:
      return true;
  }
}
