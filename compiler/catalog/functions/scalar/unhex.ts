import { binaryType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The bytes of a text of hexadecimal digits; null where another character is among them. */
export const unhex = kernelFunction({
  name: "unhex",
  summary: "The bytes of a text of hexadecimal digits; null where another character is among them.",
  parameters: { required: ["text"] },
  result: binaryType,
  kernel: "bytesFromHex",
  givesNull: true,
});
