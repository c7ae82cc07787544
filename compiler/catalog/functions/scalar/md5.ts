import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The MD5 digest of bytes, or of the UTF-8 bytes of a text, in hexadecimal. */
export const md5 = kernelFunction({
  name: "md5",
  summary: "The MD5 digest of bytes, or of the UTF-8 bytes of a text, in hexadecimal.",
  parameters: { required: ["bytes"] },
  result: stringType,
  kernel: "md5Text",
});
