import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** A number as binary digits (64 bits, two's complement). */
export const bin = kernelFunction({
  name: "bin",
  summary: "A number as binary digits (64 bits, two's complement).",
  parameters: { required: ["long"] },
  result: stringType,
  kernel: "binaryDigits",
});
