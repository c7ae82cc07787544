import { callCode, runtime } from "../../code/index.ts";
import { doubleType } from "../../ir/types/data-type.ts";
import { wrongValue } from "./operand.ts";
import { never, resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `rand` and `randn`: the next number of a sequence that begins with each batch; the constant seed chooses among sequences. */
export function randomFunction(name: string, aliases: readonly string[], kernel: string, summary: string): ScalarFunction {
  return {
    name,
    aliases,
    summary,
    volatility: "volatile",
    nulls: "propagate",
    resolve(operands) {
      const [seed] = operands;
      if (seed !== undefined && seed.constant === undefined && seed.type.kind !== "error") return wrongValue(0, "the seed must be a constant");
      return resolveParameters(operands, { required: [], optional: ["long"] }, doubleType);
    },
    canFail: never,
    emit: (args, _result, services) => callCode(runtime(kernel), services.batch, ...args.map((arg) => arg.code)),
  };
}
