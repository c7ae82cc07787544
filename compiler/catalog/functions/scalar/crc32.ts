import { longType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The CRC-32 of bytes, or of the UTF-8 bytes of a text. */
export const crc32 = kernelFunction({
  name: "crc32",
  summary: "The CRC-32 of bytes, or of the UTF-8 bytes of a text.",
  parameters: { required: ["bytes"] },
  result: longType,
  kernel: "crc32OfBytes",
});
