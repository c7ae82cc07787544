import { callCode, runtime } from "../../../code/index.ts";
import { longType } from "../../../ir/types/data-type.ts";
import { resolvedStrict, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { argumentAt, fitsParameter, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The elements of an array in random order. */
export const shuffle: ScalarFunction = {
  name: "shuffle",
  summary: "The elements of an array in random order; a constant seed may follow.",
  volatility: "volatile",
  nulls: "propagate",
  resolve(operands) {
    const [array, seed] = operands;
    if (array === undefined || operands.length > 2) return wrongArity("1 or 2 arguments");
    if (array.type.kind !== "array" && array.type.kind !== "error") return wrongType(0, "an array");
    if (seed === undefined) return resolvedStrict(operands, [array.type], array.type);
    if (!fitsParameter(seed.type, "long")) return wrongType(1, "a whole number");
    if (seed.constant === undefined) return wrongValue(1, "the seed must be a constant");
    return resolvedStrict(operands, [array.type, longType], array.type);
  },
  canFail: never,
  emit: (args, _result, services) => callCode(runtime("shuffled"), argumentAt(args, 0).code, services.batch, ...args.slice(1).map((arg) => arg.code)),
};
