import type { DataType, TypeKind } from "./data-type.ts";

/** Whether values of a type hold, at any depth, values of one of these kinds. */
export function holdsKind(type: DataType, kinds: ReadonlySet<TypeKind>): boolean {
  if (kinds.has(type.kind)) return true;
  switch (type.kind) {
    case "array":
      return holdsKind(type.element, kinds);
    case "map":
      return holdsKind(type.key, kinds) || holdsKind(type.value, kinds);
    case "record":
      return type.fields.some((field) => holdsKind(field.type, kinds));
    default:
      return false;
  }
}
