import { greatestOrLeast } from "../greatest-or-least.ts";

/** The least of the values that are not null. */
export const least = greatestOrLeast("least", "The least of the values that are not null; null where there are none.");
