import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The Soundex code of a text: a letter and three digits. */
export const soundex = kernelFunction({
  name: "soundex",
  summary: "The Soundex code of a text: a letter and three digits.",
  parameters: { required: ["text"] },
  result: stringType,
  kernel: "soundex",
});
