import { binary, numberCode } from "../../../code/index.ts";
import { doubleFunction, ofKernel } from "../double-function.ts";

/** The cotangent of an angle in radians. */
export const cot = doubleFunction({
  name: "cot",
  summary: "The cotangent of an angle in radians.",
  emit: (angle) => binary("/", numberCode(1), ofKernel("tangent")(angle)),
});
