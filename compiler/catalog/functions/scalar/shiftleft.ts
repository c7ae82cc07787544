import { shift } from "../shift.ts";

/** The bits of an int or long moved to the left. */
export const shiftLeft = shift("shiftleft", "shiftLeft", "The bits of an int or long moved to the left.");
