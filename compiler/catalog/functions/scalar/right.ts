import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The last so many characters of a text. */
export const right = kernelFunction({
  name: "right",
  summary: "The last so many characters of a text.",
  parameters: { required: ["text", "int"] },
  result: stringType,
  kernel: "lastCharacters",
});
