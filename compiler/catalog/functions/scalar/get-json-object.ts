import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { argumentAt, constantText, never, resolveParameters } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** What a path such as `$.a[0].b` leads to in a JSON text, as a text. */
export const getJsonObject: ScalarFunction = {
  name: "get_json_object",
  summary: "What a path such as `$.a[0].b` leads to in a JSON text: a string without its quotes, anything else as JSON; null where it leads nowhere.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = resolveParameters(operands, { required: ["text", "text"] }, stringType);
    return resolution.ok ? { ...resolution, nullable: true } : resolution;
  },
  canFail: never,
  emit(args, _result, services) {
    const path = argumentAt(args, 1);
    const steps = constantText(path) === undefined ? callCode(runtime("jsonPathOf"), path.code) : services.constant("path", callCode(runtime("jsonPath"), path.code));
    return callCode(runtime("getJsonObject"), argumentAt(args, 0).code, steps);
  },
};
