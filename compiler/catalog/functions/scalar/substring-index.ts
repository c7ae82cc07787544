import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** What is before the n-th delimiter of a text, or behind it from the end where n is negative; all of it where there are fewer. */
export const substringIndex = kernelFunction({
  name: "substring_index",
  summary: "What is before the n-th delimiter of a text, or behind it from the end where n is negative; all of it where there are fewer.",
  parameters: { required: ["text", "text", "int"] },
  result: stringType,
  kernel: "substringIndex",
});
