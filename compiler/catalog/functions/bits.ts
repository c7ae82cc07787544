import { callCode, method, runtime, stringCode } from "../../code/index.ts";
import { operandsOf, refusedType } from "./aggregate-argument.ts";
import type { AggregateFunction } from "./aggregate-function.ts";
import { resolved } from "./operand.ts";

/** `bit_and`, `bit_or` and `bit_xor`: of ints an int, of longs a long. */
export function bits(operator: "and" | "or" | "xor", summary: string): AggregateFunction {
  return {
    name: `bit_${operator}`,
    summary,
    ...(operator === "xor" ? {} : { ignoresDuplicates: true }),
    resolve(operands) {
      const found = operandsOf(operands, 1, 1);
      if ("refused" in found) return found.refused;
      const [{ type } = { type: undefined }] = found.all;
      return refusedType(found.all, ({ kind }) => kind === "int" || kind === "long" || kind === "null", "an int or a long") ?? resolved(type === undefined ? [] : [type], type ?? { kind: "null" }, true);
    },
    lane: (_args, result) => callCode(result.kind === "long" ? runtime("bitsOfLongs") : runtime("bitsOfInts"), stringCode(operator)),
    emitAdd: (lane, slot, args) => method(lane, "add", slot, ...args),
    emitResult: (lane, slot) => method(lane, "get", slot),
  };
}
