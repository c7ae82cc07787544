import { arrayCode, objectCode } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import { booleanCode, nullCode, numberCode, stringCode } from "../code/literal.ts";
import type { DataType } from "../ir/types/data-type.ts";

/** Some value of a type, for a column of a row that is told by its key alone: null where it may be. */
export function standIn(type: DataType, nullable: boolean): Code {
  if (nullable) return nullCode;
  switch (type.kind) {
    case "boolean":
      return booleanCode(false);
    case "string":
      return stringCode("");
    case "binary":
      return new Code("new Uint8Array()", Precedence.postfix, []);
    case "array":
      return arrayCode([]);
    case "map":
      return new Code("new Map()", Precedence.postfix, []);
    case "record":
      return objectCode(type.fields.map((field) => [field.name, standIn(field.type, field.nullable)] as const));
    case "null":
    case "error":
      return nullCode;
    case "int":
    case "long":
    case "float":
    case "double":
    case "decimal":
    case "date":
    case "timestamp":
    case "duration":
      return numberCode(0);
  }
}
