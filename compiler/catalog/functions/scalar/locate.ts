import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { intType } from "../../../ir/types/data-type.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Where a text is first found in another, from a position on. */
export const locate: ScalarFunction = {
  name: "locate",
  aliases: ["position", "charindex"],
  summary: "Where the first text is found in the second, from a position on, in characters from 1; 0 where it is not, and for a null position (Spark's StringLocate).",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["text", "text"], optional: ["int"] }, intType);
    return resolution.ok ? { ...resolution, nullable: operands.slice(0, 2).some((operand) => operand.nullable) } : resolution;
  },
  canFail: never,
  emit: (args) => callCode(runtime("locateText"), argumentAt(args, 0).code, argumentAt(args, 1).code, args[2]?.code ?? numberCode(1)),
};
