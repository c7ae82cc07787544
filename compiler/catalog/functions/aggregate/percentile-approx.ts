import { callCode, method, numberCode, runtime } from "../../../code/index.ts";
import { doubleType, isNumeric, isTime, longType } from "../../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import { isDoubleLike, operandsOf, refusedType } from "../aggregate-argument.ts";
import type { AggregateFunction } from "../aggregate-function.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { checkPercentage, percentageType, percentileCode, percentileResult } from "../percentile-settings.ts";

const usualAccuracy = 10_000;

export const percentileApprox: AggregateFunction = {
  name: "percentile_approx",
  aliases: ["approx_percentile"],
  summary: "A value at about a share of the way from the smallest to the largest, in the type of the argument; an array of shares gives an array. A third argument is the accuracy (10000): 1 / accuracy is the error in rank (Spark's ApproximatePercentile).",
  settings: [1, 2],
  checkSettings([percentage, accuracy]) {
    const wrong = checkPercentage(percentage, 1);
    if (wrong !== undefined || accuracy === undefined) return wrong;
    if (typeof accuracy === "number" && accuracy > 0 && accuracy <= 2_147_483_647) return undefined;
    const refused = wrongValue(2, "the accuracy is a whole number from 1 to 2147483647");
    return refused.ok ? undefined : refused;
  },
  resolve(operands) {
    const found = operandsOf(operands, 2, 3);
    if ("refused" in found) return found.refused;
    const [value, percentage, accuracy] = found.all;
    if (value === undefined || percentage === undefined) return wrongArity("2 or 3 arguments");
    const refused = refusedType([value], (type) => isDoubleLike(type) || isTime(type), "a number, date, timestamp or duration");
    if (refused !== undefined) return refused;
    const wanted = percentageType(percentage);
    if (wanted === undefined) return wrongType(1, "a percentage between 0.0 and 1.0, or an array of them");
    if (accuracy !== undefined && accuracy.type.kind !== "int" && accuracy.type.kind !== "long") return wrongType(2, "a whole number");
    const type = isNumeric(value.type) || isTime(value.type) ? value.type : doubleType;
    const parameters = [isTime(value.type) ? value.type : doubleType, wanted, ...(accuracy === undefined ? [] : [longType])];
    return resolved(parameters, percentileResult(percentage, type, type.kind === "decimal"), true);
  },
  lane(_args, result, [, accuracy]) {
    const type = result.kind === "array" ? result.element : result;
    return callCode(runtime("approxPercentile"), numberCode(typeof accuracy === "number" ? accuracy : usualAccuracy), typeDescriptorCode(type, type.kind === "decimal"));
  },
  emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
  emitResult: (lane, slot, [percentage]) => percentileCode(lane, slot, percentage, "at", "allAt"),
};
