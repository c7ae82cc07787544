import { callCode, runtime } from "../../code/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import { poisoned, resolved, wrongArity, wrongType } from "./operand.ts";
import { never } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** A hash over one value or more of any types without maps, never null (Spark's HashExpression). */
export function hashFunction(name: string, kernel: string, summary: string, result: DataType): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "custom",
    resolve(operands) {
      if (operands.length === 0) return wrongArity("at least 1 argument");
      const refused = poisoned(operands);
      if (refused !== undefined) return refused;
      const odd = operands.findIndex((operand) => hasMap(operand.type));
      return odd < 0 ? resolved(operands.map((operand) => operand.type), result, false) : wrongType(odd, "a value without a map in it");
    },
    canFail: never,
    emit(args, _result, services) {
      const hasher = services.constant("hashOf", callCode(runtime(kernel), ...args.map((arg) => typeDescriptorCode(arg.type, arg.nullable))));
      return callCode(hasher, ...args.map((arg) => arg.code));
    },
  };
}

function hasMap(type: DataType): boolean {
  switch (type.kind) {
    case "map":
      return true;
    case "array":
      return hasMap(type.element);
    case "record":
      return type.fields.some((field) => hasMap(field.type));
    default:
      return false;
  }
}
