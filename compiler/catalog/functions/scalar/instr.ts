import { intType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** Where a text first holds another, in characters from 1; 0 where it does not. */
export const instr = kernelFunction({
  name: "instr",
  summary: "Where a text first holds another, in characters from 1; 0 where it does not.",
  parameters: { required: ["text", "text"] },
  result: intType,
  kernel: "positionOfText",
});
