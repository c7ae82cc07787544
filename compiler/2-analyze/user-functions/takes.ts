import type { DataType } from "../../ir/types/data-type.ts";
import type { Shape } from "../../ir/types/shape.ts";
import { mayBeNull } from "./data-type-of.ts";

/** Why a value of a column does not go into a shape. */
export interface Misfit {
  /** The innermost part that does not fit: `.items[].price`; empty for the whole. */
  readonly path: string;
  readonly why: "type" | "null" | "missing";
  /** What the column has there. Of a missing field the record that lacks it. */
  readonly found: DataType;
  readonly wanted: Shape;
}

/** What a value of a column is given to: undefined where its shape takes every value of the column. */
export function takes(column: { readonly type: DataType; readonly nullable: boolean }, shape: Shape, path: string = ""): Misfit | undefined {
  const { type } = column;
  if (type.kind === "error") return undefined;
  const misfit = (why: Misfit["why"]): Misfit => ({ path, why, found: type, wanted: shape });
  if (type.kind === "null") return mayBeNull(shape) ? undefined : misfit("null");
  const inner = ofType(type, shape, path);
  if (inner === "type") return misfit("type");
  return inner ?? (column.nullable && !mayBeNull(shape) ? misfit("null") : undefined);
}

function ofType(type: DataType, shape: Shape, path: string): Misfit | "type" | undefined {
  switch (shape.kind) {
    case "string":
      return type.kind === "string" ? undefined : "type";
    case "boolean":
      return type.kind === "boolean" ? undefined : "type";
    case "number":
      return type.kind === "int" || type.kind === "long" || type.kind === "float" || type.kind === "double" ? undefined : "type";
    case "bigint":
      return type.kind === "int" || type.kind === "long" ? undefined : "type";
    case "Date":
      return type.kind === "timestamp" || type.kind === "date" ? undefined : "type";
    case "Uint8Array":
      return type.kind === "binary" ? undefined : "type";
    case "array":
      // The element of `[]` has the type null, and there is none.
      if (type.kind !== "array") return "type";
      return type.element.kind === "null" && !type.elementNullable ? undefined : takes({ type: type.element, nullable: type.elementNullable }, shape.element, `${path}[]`);
    case "map":
      if (type.kind !== "map" || (type.key.kind !== "string" && type.key.kind !== "null")) return "type";
      return type.value.kind === "null" && !type.valueNullable ? undefined : takes({ type: type.value, nullable: type.valueNullable }, shape.value, `${path}[]`);
    case "record":
      if (type.kind !== "record") return "type";
      for (const field of shape.fields) {
        const inner = `${path}.${field.name}`;
        const found = type.fields.find(({ name }) => name === field.name);
        if (found === undefined) {
          if (field.shape.optional) continue;
          return { path: inner, why: "missing", found: type, wanted: field.shape };
        }
        const misfit = takes(found, field.shape, inner);
        if (misfit !== undefined) return misfit;
      }
      return undefined;
  }
}
