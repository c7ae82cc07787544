import { doubleFunction, ofKernel } from "../double-function.ts";

/** The cosine of an angle in radians. */
export const cos = doubleFunction({
  name: "cos",
  summary: "The cosine of an angle in radians.",
  emit: ofKernel("cosine"),
});
