import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A random UUID. */
export const uuid: ScalarFunction = {
  name: "uuid",
  summary: "A random UUID of version 4; a batch that is run again draws the same ones.",
  volatility: "volatile",
  nulls: "propagate",
  resolve: (operands) => resolveParameters(operands, { required: [] }, stringType),
  canFail: never,
  emit: (_args, _result, services) => callCode(runtime("nextUuid"), services.batch),
};
