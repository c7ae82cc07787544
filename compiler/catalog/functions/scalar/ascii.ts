import { intType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The code point of the first character of a text; 0 for the empty text. */
export const ascii = kernelFunction({
  name: "ascii",
  summary: "The code point of the first character of a text; 0 for the empty text.",
  parameters: { required: ["text"] },
  result: intType,
  kernel: "firstCodePoint",
});
