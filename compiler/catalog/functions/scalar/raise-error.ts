import { callCode, runtime } from "../../../code/index.ts";
import { nullType } from "../../../ir/types/data-type.ts";
import { always, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Fails the row with a message. */
export const raiseError: ScalarFunction = {
  name: "raise_error",
  summary: "Fails the row with a message.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["text"] }, nullType);
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: always,
  emit: (args) => callCode(runtime("raiseError"), ...args.map((arg) => arg.code)),
};
