import type { ScalarFunction } from "../scalar-function.ts";
import { remainder } from "./remainder.ts";

/** The operator `%` as a function. */
export const mod: ScalarFunction = { ...remainder, name: "mod", summary: "Remainder, with the sign of the dividend, as `%` gives it; by zero is an error." };
