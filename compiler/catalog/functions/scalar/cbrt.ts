import { doubleFunction, ofKernel } from "../double-function.ts";

/** The cube root. */
export const cbrt = doubleFunction({
  name: "cbrt",
  summary: "The cube root.",
  emit: ofKernel("cubeRoot"),
});
