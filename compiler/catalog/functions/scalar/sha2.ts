import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The SHA-2 digest of 224, 256 (0 means this), 384 or 512 bits, in hexadecimal; null for any other number. */
export const sha2 = kernelFunction({
  name: "sha2",
  summary: "The SHA-2 digest of 224, 256 (0 means this), 384 or 512 bits, in hexadecimal; null for any other number.",
  parameters: { required: ["bytes", "int"] },
  result: stringType,
  kernel: "sha2Text",
  givesNull: true,
});
