import { propertyName } from "../code/build.ts";
import type { Shape } from "../ir/types/shape.ts";

/**
 * A shape as runtime calls take it, for values that a user's functions keep: `"number"`, `"string?"`, `{ array: "bigint" }`, `{ map: "Date" }`,
 * `{ fields: { count: "number" }, nullable: true }`. What may be null or undefined is nullable.
 */
export function userTypeText(shape: Shape): string {
  const nullable = shape.nullable || shape.optional;
  switch (shape.kind) {
    case "array":
      return `{ array: ${userTypeText(shape.element)}${nullable ? ", nullable: true" : ""} }`;
    case "map":
      return `{ map: ${userTypeText(shape.value)}${nullable ? ", nullable: true" : ""} }`;
    case "record": {
      const fields = shape.fields.map(({ name, shape: field }) => `${propertyName(name)}: ${userTypeText(field)}${name in Object.prototype ? asItIs : ""}`).join(", ");
      return `{ fields: ${fields === "" ? "{}" : `{ ${fields} }`}${nullable ? ", nullable: true" : ""} }`;
    }
    default:
      return `"${shape.kind}${nullable ? "?" : ""}"`;
  }
}

/** For a name that every object has TypeScript expects that member's type, and a literal would become a string. */
const asItIs = " as const";
