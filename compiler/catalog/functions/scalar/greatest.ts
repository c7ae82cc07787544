import { greatestOrLeast } from "../greatest-or-least.ts";

/** The greatest of the values that are not null. */
export const greatest = greatestOrLeast("greatest", "The greatest of the values that are not null (NaN is above all others); null where there are none.");
