import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** A text as application/x-www-form-urlencoded has it, in UTF-8. */
export const urlEncode = kernelFunction({
  name: "url_encode",
  summary: "A text as application/x-www-form-urlencoded has it, in UTF-8.",
  parameters: { required: ["text"] },
  result: stringType,
  kernel: "urlEncode",
});
