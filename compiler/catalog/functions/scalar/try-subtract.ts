import { tryArithmetic } from "../try-arithmetic.ts";

/** The difference, or null where `-` would fail. */
export const trySubtract = tryArithmetic("try_subtract", "-", "The difference, or null where `-` would fail.");
