import { callCode, runtime } from "../../../code/index.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { resolved } from "../operand.ts";
import { argumentAt, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Whether bytes are UTF-8; a string always is. */
export const isValidUtf8: ScalarFunction = {
  name: "is_valid_utf8",
  summary: "Whether bytes are UTF-8; a string always is.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [operand] = operands;
    if (operand?.type.kind === "binary" && operands.length === 1) return resolved([operand.type], booleanType, operand.nullable);
    return resolveParameters(operands, { required: ["text"] }, booleanType);
  },
  canFail: never,
  emit: (args) => callCode(runtime("isValidUtf8"), argumentAt(args, 0).code),
};
