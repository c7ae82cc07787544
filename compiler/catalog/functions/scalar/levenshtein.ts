import { intType } from "../../../ir/types/data-type.ts";
import { kernelFunction } from "../kernel-function.ts";

/** The fewest characters to insert, delete and replace between two texts; with a threshold, −1 where they are more. */
export const levenshtein = kernelFunction({
  name: "levenshtein",
  summary: "The fewest characters to insert, delete and replace between two texts; with a threshold, −1 where they are more.",
  parameters: { required: ["text", "text"], optional: ["int"] },
  result: intType,
  kernel: "levenshtein",
});
