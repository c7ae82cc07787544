import { arrayCode, callCode, code, joinCode, objectCode } from "../../code/build.ts";
import type { Code } from "../../code/code.ts";
import { bigintCode, booleanCode, nullCode, numberCode, stringCode } from "../../code/literal.ts";
import { isListLiteral, isMapLiteral, type LiteralValue } from "../../ir/expr/literal-value.ts";
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
      if (value instanceof Uint8Array) return bytesCode(value);
      if (isMapLiteral(value)) return mapCode(value, type);
      if (isListLiteral(value)) {
        const element = type.kind === "array" ? type.element : internalError("E9002", "an array literal without an array type");
        return arrayCode(value.map((item) => emitLiteral(item, element)));
      }
      if (type.kind !== "record") return internalError("E9002", "a record literal without a record type");
      return objectCode(type.fields.map((field) => [field.name, emitLiteral(Object.hasOwn(value, field.name) ? (value[field.name] ?? null) : null, field.type)]));
    default:
      return internalError("E9002", `a literal of an unknown kind: ${typeof value}`);
  }
}

function bytesCode(bytes: Uint8Array): Code {
  return callCode(code`Uint8Array.of`, ...Array.from(bytes, numberCode));
}

function mapCode(map: ReadonlyMap<LiteralValue, LiteralValue>, type: DataType): Code {
  if (type.kind !== "map") return internalError("E9002", "a map literal without a map type");
  const entries = Array.from(map, ([key, value]) => arrayCode([emitLiteral(key, type.key), emitLiteral(value, type.value)]));
  return entries.length === 0 ? code`new Map()` : code`new Map([${joinCode(entries, ", ")}])`;
}
