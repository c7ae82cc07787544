import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The SHA-1 digest of bytes, or of the UTF-8 bytes of a text, in hexadecimal. */
export const sha1 = kernelFunction({
  name: "sha1",
  aliases: ["sha"],
  summary: "The SHA-1 digest of bytes, or of the UTF-8 bytes of a text, in hexadecimal.",
  parameters: { required: ["bytes"] },
  result: stringType,
  kernel: "sha1Text",
});
