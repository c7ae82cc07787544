import { arrayCode, objectCode } from "../../code/build.ts";
import type { Code } from "../../code/code.ts";
import { bigintCode, booleanCode, nullCode, numberCode, stringCode } from "../../code/literal.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { internalError } from "../../diagnostics/internal-error.ts";

/** A literal value as code, in the runtime's representation. Records get their fields in the order of the type. */
export function emitLiteral(value: LiteralValue, type: DataType): Code {
  if (value === null) return nullCode;
  switch (typeof value) {
    case "string":
      return stringCode(value);
    case "boolean":
      return booleanCode(value);
    case "number":
      return numberCode(value);
    case "bigint":
      return bigintCode(value);
    case "object":
      if (isArray(value)) {
        const element = type.kind === "array" ? type.element : internalError("E9002", "an array literal without an array type");
        return arrayCode(value.map((item) => emitLiteral(item, element)));
      }
      if (type.kind !== "record") return internalError("E9002", "a record literal without a record type");
      return objectCode(type.fields.map((field) => [field.name, emitLiteral(Object.hasOwn(value, field.name) ? (value[field.name] ?? null) : null, field.type)]));
    default:
      return internalError("E9002", `a literal of an unknown kind: ${typeof value}`);
  }
}

function isArray(value: LiteralValue): value is readonly LiteralValue[] {
  return Array.isArray(value);
}
