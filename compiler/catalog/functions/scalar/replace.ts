import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** A text with every occurrence of another replaced (by nothing unless said). */
export const replace = kernelFunction({
  name: "replace",
  summary: "A text with every occurrence of another replaced (by nothing unless said).",
  parameters: { required: ["text", "text"], optional: ["text"] },
  result: stringType,
  kernel: "replaceText",
});
