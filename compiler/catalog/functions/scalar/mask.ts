import { callCode, nullCode, runtime, stringCode } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { wrongValue } from "../operand.ts";
import { argumentAt, constantText, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A text in which capitals, small letters and digits are replaced, so that it shows its form only. */
export const mask: ScalarFunction = {
  name: "mask",
  summary: "A text with capitals, small letters, digits and other characters each replaced by a constant character (X, x, n and none unless said; null keeps them).",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    for (const [at, operand] of operands.entries()) {
      if (at === 0 || operand.type.kind === "null" || operand.constant?.value === null) continue;
      const character = constantText(operand);
      if (character === undefined || [...character].length !== 1) return wrongValue(at, "what `mask` puts in must be one constant character, or null");
    }
    const resolution = resolveParameters(operands, { required: ["text"], optional: ["text", "text", "text", "text"] }, stringType);
    return resolution.ok ? { ...resolution, nullable: operands[0]?.nullable ?? true } : resolution;
  },
  canFail: never,
  emit(args) {
    const shown = ["X", "x", "n"].map((character, at) => args[at + 1]?.code ?? stringCode(character));
    return callCode(runtime("maskText"), argumentAt(args, 0).code, ...shown, args[4]?.code ?? nullCode);
  },
};
