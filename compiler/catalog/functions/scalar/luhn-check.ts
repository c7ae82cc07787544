import { booleanType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** Whether a text of digits passes the Luhn algorithm. */
export const luhnCheck = kernelFunction({
  name: "luhn_check",
  summary: "Whether a text of digits passes the Luhn algorithm.",
  parameters: { required: ["text"] },
  result: booleanType,
  kernel: "passesLuhn",
});
