import { callCode, mathFunction, runtime } from "../../code/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { commonType } from "../types/common-type.ts";
import { isOrderable } from "../types/orderable.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import { poisoned, resolved, wrongArity, wrongType } from "./operand.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `greatest` and `least`: of two values or more of one type; nulls do not count, and strings do not mix with others (Spark's Greatest, Least). */
export function greatestOrLeast(name: "greatest" | "least", summary: string): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "custom",
    resolve(operands) {
      if (operands.length < 2) return wrongArity("at least 2 arguments");
      const refused = poisoned(operands);
      if (refused !== undefined) return refused;
      const types = operands.map((operand) => operand.type);
      const mixed = types.findIndex((type) => types.some((other) => mixesStrings(type, other)));
      if (mixed >= 0) return wrongType(mixed, "a string, as another argument is");
      const type = commonType(types);
      if (type === undefined) return wrongType(types.findIndex((_, at) => commonType(types.slice(0, at + 1)) === undefined), "a value of one type with the others");
      if (!isOrderable(type)) return wrongType(0, "a value that has an order");
      return resolved(types.map(() => type), type, operands.every((operand) => operand.nullable));
    },
    canFail: () => false,
    emit(args, result, services) {
      const codes = args.map((arg) => arg.code);
      if (isPlainNumber(result) && !args.some((arg) => arg.nullable)) return callCode(mathFunction(name === "greatest" ? "max" : "min"), ...codes);
      const order = services.constant("order", callCode(runtime("valueOrder"), typeDescriptorCode(result, true)));
      return callCode(runtime(`${name}Of`), order, ...codes);
    },
  };
}

/** Whether one of two types is no string where the other, or an item of the other in the same place, is one. */
function mixesStrings(type: DataType, other: DataType): boolean {
  if (type.kind === "array" && other.kind === "array") return mixesStrings(type.element, other.element) || mixesStrings(other.element, type.element);
  return other.kind === "string" && type.kind !== "string" && type.kind !== "null";
}

/** Whether values are always numbers, and among them neither NaN nor −0. */
function isPlainNumber(type: DataType): boolean {
  return type.kind === "int" || type.kind === "date" || type.kind === "timestamp" || type.kind === "duration";
}
