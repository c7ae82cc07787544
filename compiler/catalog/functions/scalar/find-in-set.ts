import { intType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The number of a text, from 1, in a list cut at commas; 0 where it is not there. */
export const findInSet = kernelFunction({
  name: "find_in_set",
  summary: "The number of a text, from 1, in a list cut at commas; 0 where it is not there.",
  parameters: { required: ["text", "text"] },
  result: intType,
  kernel: "findInSet",
});
