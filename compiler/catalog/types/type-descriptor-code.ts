import { arrayCode, type Code, objectCode, stringCode, trueCode } from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { type DataType, typeText } from "../../ir/types/data-type.ts";

/** A type as emitted code hands it to the runtime (runtime/formats/type-descriptor.ts): `"long?"`, `{ record: [["a", "int"]] }`, `{ map: ["string", "int?"] }`. */
export function typeDescriptorCode(type: DataType, nullable: boolean): Code {
  switch (type.kind) {
    case "array":
      return objectCode([["array", typeDescriptorCode(type.element, type.elementNullable)], ...mark(nullable)]);
    case "record": {
      const fields = type.fields.map((field) => arrayCode([stringCode(field.name), typeDescriptorCode(field.type, field.nullable)]));
      return objectCode([["record", arrayCode(fields)], ...mark(nullable)]);
    }
    case "null":
      // Only the null is ever of this type, so any name serves.
      return stringCode("int?");
    case "map":
      return objectCode([["map", arrayCode([typeDescriptorCode(type.key, false), typeDescriptorCode(type.value, type.valueNullable)])], ...mark(nullable)]);
    case "error":
      return internalError("E9002", `no runtime descriptor for the type ${typeText(type)}`);
    default:
      return stringCode(typeText(type) + (nullable ? "?" : ""));
  }
}

function mark(nullable: boolean): readonly (readonly [name: string, value: Code])[] {
  return nullable ? [["nullable", trueCode]] : [];
}
