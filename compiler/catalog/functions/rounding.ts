import { callCode, numberCode, runtime } from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { intType } from "../../ir/types/data-type.ts";
import { roundedDecimal } from "../types/decimal-types.ts";
import { numberOperand } from "./number-function.ts";
import { resolvedStrict } from "./operand.ts";
import { constantPlaces } from "./places.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `round` and `bround`: in the number's own type, to a constant number of places (Spark's RoundBase). `name` begins the names of the kernels. */
export function rounding(name: "round" | "bround", summary: string): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    resolve(operands) {
      const number = numberOperand(operands, "1 or 2 arguments", 2);
      if ("refused" in number) return number.refused;
      const places = constantPlaces(operands[1]);
      if ("refused" in places) return places.refused;
      const type = number.type.kind === "decimal" ? roundedDecimal(number.type, places.value) : number.type;
      return resolvedStrict(operands, operands.length === 1 ? [number.type] : [number.type, intType], type);
    },
    nulls: "propagate",
    canFail: (_args, result) => result.kind === "int" || result.kind === "long" || (result.kind === "decimal" && result.precision >= 38),
    emit([value, second], result) {
      if (value === undefined) return internalError("E9003", `${name} without an operand`);
      const places = typeof second?.constant?.value === "number" ? second.constant.value : 0;
      switch (value.type.kind) {
        case "int":
          return places >= 0 ? value.code : callCode(runtime(`${name}Int`), value.code, numberCode(places));
        case "long":
          return places >= 0 ? value.code : callCode(runtime(`${name}Long`), value.code, numberCode(places));
        case "decimal": {
          const precision = result.kind === "decimal" ? result.precision : 38;
          return places >= value.type.scale ? value.code : callCode(runtime(`${name}Decimal`), value.code, numberCode(value.type.scale), numberCode(places), numberCode(precision));
        }
        case "float":
          return callCode(runtime("nearestFloat"), callCode(runtime(`${name}Double`), value.code, numberCode(places)));
        default:
          return callCode(runtime(`${name}Double`), value.code, numberCode(places));
      }
    },
  };
}
