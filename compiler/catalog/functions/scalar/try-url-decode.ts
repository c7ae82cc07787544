import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** A text decoded from application/x-www-form-urlencoded; null where it cannot be. */
export const tryUrlDecode = kernelFunction({
  name: "try_url_decode",
  summary: "A text decoded from application/x-www-form-urlencoded; null where it cannot be.",
  parameters: { required: ["text"] },
  result: stringType,
  kernel: "tryUrlDecode",
  givesNull: true,
});
