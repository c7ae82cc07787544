import { tryArithmetic } from "../try-arithmetic.ts";

/** The remainder, or null where `%` would fail. */
export const tryMod = tryArithmetic("try_mod", "%", "The remainder, or null where `%` would fail.");
