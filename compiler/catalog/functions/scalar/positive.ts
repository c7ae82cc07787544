import { argumentAt, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { negate } from "./negate.ts";

/** The value itself, of whatever may have a sign (Spark's UnaryPositive). */
export const positive: ScalarFunction = {
  ...negate,
  name: "positive",
  summary: "The value itself, of whatever may have a sign (Spark's UnaryPositive).",
  canFail: never,
  emit: (args) => argumentAt(args, 0).code,
};
