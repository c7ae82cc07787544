import { stringCode } from "../../../code/index.ts";
import { type DataType, stringType, typeText } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity } from "../operand.ts";
import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The type of a value, as Spark names it. */
export const typeofFunction: ScalarFunction = {
  name: "typeof",
  summary: "The type of a value, as Spark names it (`bigint`, `array<int>`, `struct<a:int>`); the value is not evaluated.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [operand] = operands;
    return operand === undefined || operands.length !== 1 ? wrongArity("1 argument") : resolved([operand.type], stringType, false);
  },
  canFail: never,
  emit: (args) => stringCode(sparkName(argumentAt(args, 0).type)),
};

/** DataType.catalogString. */
function sparkName(type: DataType): string {
  switch (type.kind) {
    case "long":
      return "bigint";
    case "null":
    case "error":
      return "void";
    case "duration":
      return "interval day to second";
    case "array":
      return `array<${sparkName(type.element)}>`;
    case "map":
      return `map<${sparkName(type.key)},${sparkName(type.value)}>`;
    case "record":
      return `struct<${type.fields.map((field) => `${field.name}:${sparkName(field.type)}`).join(",")}>`;
    default:
      return typeText(type);
  }
}
