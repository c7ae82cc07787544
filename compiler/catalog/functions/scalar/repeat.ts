import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";
import { always } from "../resolution.ts";

/** A text so many times over. */
export const repeat = kernelFunction({
  name: "repeat",
  summary: "A text so many times over.",
  parameters: { required: ["text", "int"] },
  result: stringType,
  kernel: "repeatText",
  canFail: always,
});
