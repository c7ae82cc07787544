import { binary, numberCode } from "../../../code/index.ts";
import { doubleFunction, ofKernel } from "../double-function.ts";

/** The secant of an angle in radians. */
export const sec = doubleFunction({
  name: "sec",
  summary: "The secant of an angle in radians.",
  emit: (angle) => binary("/", numberCode(1), ofKernel("cosine")(angle)),
});
