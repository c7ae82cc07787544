import type { Shape } from "../../ir/types/shape.ts";

/** Whether two shapes say the same of a value; names of records do not count. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.nullable !== b.nullable || a.optional !== b.optional) return false;
  if (a.kind === "array") return b.kind === "array" && sameShape(a.element, b.element);
  if (a.kind === "map") return b.kind === "map" && sameShape(a.value, b.value);
  if (a.kind !== "record") return a.kind === b.kind;
  return (
    b.kind === "record" &&
    a.fields.length === b.fields.length &&
    a.fields.every((field, index) => {
      const other = b.fields[index];
      return other !== undefined && other.name === field.name && sameShape(field.shape, other.shape);
    })
  );
}
