import { tryArithmetic } from "../try-arithmetic.ts";

/** The product, or null where `*` would fail. */
export const tryMultiply = tryArithmetic("try_multiply", "*", "The product, or null where `*` would fail.");
