import { tryArithmetic } from "../try-arithmetic.ts";

/** The quotient, or null where `/` would fail. */
export const tryDivide = tryArithmetic("try_divide", "/", "The quotient, or null where `/` would fail.");
