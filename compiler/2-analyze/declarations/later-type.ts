import type { DataType } from "../../ir/types/data-type.ts";

/** The name of a part of a type that this version does not execute, or undefined where it executes all of it. */
export function laterType(type: DataType): string | undefined {
  switch (type.kind) {
    case "float":
    case "binary":
    case "map":
      return type.kind;
    case "array":
      return laterType(type.element);
    case "record":
      for (const field of type.fields) {
        const later = laterType(field.type);
        if (later !== undefined) return later;
      }
      return undefined;
    default:
      return undefined;
  }
}
