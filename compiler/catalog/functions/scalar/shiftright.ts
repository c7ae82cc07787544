import { shift } from "../shift.ts";

/** The bits of an int or long moved to the right; the sign stays. */
export const shiftRight = shift("shiftright", "shiftRight", "The bits of an int or long moved to the right; the sign stays.");
