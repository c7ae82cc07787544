import { binaryType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";
import { always } from "../resolution.ts";

/** The bytes of a text in base64; other characters are passed over. */
export const unbase64 = kernelFunction({
  name: "unbase64",
  summary: "The bytes of a text in base64; other characters are passed over.",
  parameters: { required: ["text"] },
  result: binaryType,
  kernel: "bytesFromBase64",
  canFail: always,
});
