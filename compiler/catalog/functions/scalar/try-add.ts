import { tryArithmetic } from "../try-arithmetic.ts";

/** The sum, or null where `+` would fail. */
export const tryAdd = tryArithmetic("try_add", "+", "The sum, or null where `+` would fail.");
