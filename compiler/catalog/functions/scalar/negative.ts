import type { ScalarFunction } from "../scalar-function.ts";
import { negate } from "./negate.ts";

/** The sign `-` as a function. */
export const negative: ScalarFunction = { ...negate, name: "negative", summary: "The sign changed, as `-x` gives it; the smallest int and long overflow." };
