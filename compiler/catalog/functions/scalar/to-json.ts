import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, mapType, recordType, stringType, type DataType } from "../../../ir/types/data-type.ts";
import { jsonShapeCode } from "../json-text-options.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A record, array or map as JSON text. */
export const toJson: ScalarFunction = {
  name: "to_json",
  summary: "A record, array or map as JSON text; fields of records that are null are left out.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand === undefined || operands.length % 2 !== 1) return wrongArity("1 argument");
    const options = operands.slice(1).map((option) => option.type);
    const { kind } = operand.type;
    return kind === "record" || kind === "array" || kind === "map" || kind === "error" ? resolved([operand.type, ...options], stringType, operand.nullable) : wrongType(0, "a record, an array or a map");
  },
  canFail: never,
  emit(args, _result, services) {
    const value = argumentAt(args, 0);
    return callCode(runtime("toJson"), value.code, jsonShapeCode(withText(value.type), false, args.slice(1), services));
  },
};

/** The type with string in the places of a bare null, which is written the same. */
function withText(type: DataType): DataType {
  switch (type.kind) {
    case "null":
      return stringType;
    case "array":
      return arrayType(withText(type.element), type.elementNullable);
    case "map":
      return mapType(type.key, withText(type.value), type.valueNullable);
    case "record":
      return recordType(type.fields.map((field) => ({ ...field, type: withText(field.type) })));
    default:
      return type;
  }
}
