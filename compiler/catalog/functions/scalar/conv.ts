import { stringType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";
import { always } from "../resolution.ts";

/** The number that a text begins with, from one base into another (2 to 36; a negative one means signed); null for an empty text. */
export const conv = kernelFunction({
  name: "conv",
  summary: "The number that a text begins with, from one base into another (2 to 36; a negative one means signed); null for an empty text.",
  parameters: { required: ["text", "int", "int"] },
  result: stringType,
  kernel: "convertBase",
  canFail: always,
  givesNull: true,
});
