import { callCode, nullCode, runtime } from "../../code/index.ts";
import { decimalType, stringType } from "../../ir/types/data-type.ts";
import { constantNumberPattern, numberFormatCode } from "./number-pattern.ts";
import { poisoned, resolved, wrongArity, wrongType } from "./operand.ts";
import { anyNullable, argumentAt, constantText, fitsParameter } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `to_number` and `try_to_number`: a decimal of the digits that a constant pattern has room for. */
export function numberReader(name: string, kernel: "numberFromText" | "tryNumberFromText", summary: string): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const [text, format] = operands;
      if (text === undefined || format === undefined || operands.length !== 2) return wrongArity("2 arguments");
      const refused = poisoned(operands);
      if (refused !== undefined) return refused;
      if (!fitsParameter(text.type, "text")) return wrongType(0, "a string");
      const pattern = constantNumberPattern(format, 1);
      if (pattern !== null && "refused" in pattern) return pattern.refused;
      const type = pattern === null ? decimalType(38, 18) : decimalType(pattern.precision, pattern.scale);
      return resolved([stringType, stringType], type, anyNullable(operands) || kernel === "tryNumberFromText");
    },
    canFail: () => kernel === "numberFromText",
    emit(args, _result, services) {
      const pattern = argumentAt(args, 1);
      return constantText(pattern) === undefined ? nullCode : callCode(runtime(kernel), argumentAt(args, 0).code, numberFormatCode(pattern, services));
    },
  };
}
