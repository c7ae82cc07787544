import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";
import { always } from "../resolution.ts";

/** A text decoded from application/x-www-form-urlencoded; a `%` without two hexadecimal digits is an error. */
export const urlDecode = kernelFunction({
  name: "url_decode",
  summary: "A text decoded from application/x-www-form-urlencoded; a `%` without two hexadecimal digits is an error.",
  parameters: { required: ["text"] },
  result: stringType,
  kernel: "urlDecode",
  canFail: always,
});
