import { shift } from "../shift.ts";

/** The bits of an int or long moved to the right, zeros coming in. */
export const shiftRightUnsigned = shift("shiftrightunsigned", "shiftRightUnsigned", "The bits of an int or long moved to the right, zeros coming in.");
