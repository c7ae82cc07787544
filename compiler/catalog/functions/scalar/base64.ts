import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** Bytes, or the UTF-8 bytes of a text, in base64, in one line. */
export const base64 = kernelFunction({
  name: "base64",
  summary: "Bytes, or the UTF-8 bytes of a text, in base64, in one line.",
  parameters: { required: ["bytes"] },
  result: stringType,
  kernel: "base64Text",
});
