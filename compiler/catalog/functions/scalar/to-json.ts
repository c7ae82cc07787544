import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, recordType, stringType, type DataType } from "../../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A record or array as JSON text. */
export const toJson: ScalarFunction = {
  name: "to_json",
  summary: "A record or array as JSON text; fields that are null are left out.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length !== 1) return wrongArity("1 argument");
    const { kind } = operand.type;
    return kind === "record" || kind === "array" || kind === "error" ? resolved([operand.type], stringType, operand.nullable) : wrongType(0, "a record or an array");
  },
  canFail: never,
  emit(args, _result, services) {
    const value = argumentAt(args, 0);
    const shape = services.constant("shape", callCode(runtime("jsonType"), typeDescriptorCode(withText(value.type), false)));
    return callCode(runtime("toJson"), value.code, shape);
  },
};

/** The type with string in the places of a bare null, which is written the same. */
function withText(type: DataType): DataType {
  switch (type.kind) {
    case "null":
      return stringType;
    case "array":
      return arrayType(withText(type.element), type.elementNullable);
    case "record":
      return recordType(type.fields.map((field) => ({ ...field, type: withText(field.type) })));
    default:
      return type;
  }
}
