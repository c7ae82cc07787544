import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The text with the first character of each word in title case and the others in lower case; words end at spaces. */
export const initcap = kernelFunction({
  name: "initcap",
  summary: "The text with the first character of each word in title case and the others in lower case; words end at spaces.",
  parameters: { required: ["text"] },
  result: stringType,
  kernel: "initCap",
});
