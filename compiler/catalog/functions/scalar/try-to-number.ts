import { numberReader } from "../number-reader.ts";

/** `to_number` that gives null where the text does not fit. */
export const tryToNumber = numberReader("try_to_number", "tryNumberFromText", "`to_number` that gives null where the text does not fit the pattern.");
