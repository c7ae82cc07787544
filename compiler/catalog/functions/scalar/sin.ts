import { doubleFunction, ofKernel } from "../double-function.ts";

/** The sine of an angle in radians. */
export const sin = doubleFunction({
  name: "sin",
  summary: "The sine of an angle in radians.",
  emit: ofKernel("sine"),
});
