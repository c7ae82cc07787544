import { callCode, numberCode, runtime } from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { type DataType, decimalType, doubleType, intType, longType } from "../../ir/types/data-type.ts";
import { decimalFor, roundedDecimal } from "../types/decimal-types.ts";
import { numberOperand } from "./number-function.ts";
import { resolvedStrict } from "./operand.ts";
import { constantPlaces } from "./places.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/**
 * `floor` and `ceil`: of a decimal a decimal without places, of other numbers a long; with a number of places always a decimal
 * (Spark's Floor, Ceil, RoundFloor, RoundCeil).
 */
export function floorOrCeil(name: "floor" | "ceil", summary: string, aliases: readonly string[]): ScalarFunction {
  return {
    name,
    aliases,
    summary,
    volatility: "immutable",
    resolve(operands) {
      const number = numberOperand(operands, "1 or 2 arguments", 2);
      if ("refused" in number) return number.refused;
      if (operands.length === 1) {
        const plain = number.operand.type.kind === "string" || number.operand.type.kind === "null" ? doubleType : number.type;
        return resolvedStrict(operands, [plain], wholeType(plain));
      }
      const places = constantPlaces(operands[1]);
      if ("refused" in places) return places.refused;
      const type = decimalFor(number.type) ?? internalError("E9003", `${name} of ${number.type.kind}`);
      return resolvedStrict(operands, [type, intType], roundedDecimal(type, places.value));
    },
    nulls: "propagate",
    canFail: (_args, result) => result.kind === "decimal" && result.precision >= 38,
    emit([value, second], result) {
      if (value === undefined) return internalError("E9003", `${name} without an operand`);
      if (value.type.kind === "int" || value.type.kind === "long") return value.code;
      if (value.type.kind !== "decimal") return callCode(runtime(`${name}Double`), value.code);
      if (second === undefined && value.type.scale === 0) return value.code;
      const places = typeof second?.constant?.value === "number" ? Math.min(second.constant.value, value.type.scale) : 0;
      const precision = result.kind === "decimal" ? result.precision : 38;
      return callCode(runtime(`${name}Decimal`), value.code, numberCode(value.type.scale), numberCode(places), numberCode(precision));
    },
  };
}

function wholeType(type: DataType): DataType {
  if (type.kind !== "decimal") return longType;
  return type.scale === 0 ? type : decimalType(type.precision - type.scale + 1, 0);
}
