import { binary, numberCode } from "../../../code/index.ts";
import { doubleFunction, ofKernel } from "../double-function.ts";

/** The cosecant of an angle in radians. */
export const csc = doubleFunction({
  name: "csc",
  summary: "The cosecant of an angle in radians.",
  emit: (angle) => binary("/", numberCode(1), ofKernel("sine")(angle)),
});
