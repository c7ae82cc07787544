import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The character of the lowest eight bits of a number; empty for negative numbers. */
export const chr = kernelFunction({
  name: "chr",
  aliases: ["char"],
  summary: "The character of the lowest eight bits of a number; empty for negative numbers.",
  parameters: { required: ["long"] },
  result: stringType,
  kernel: "characterOf",
});
