import { numberReader } from "../number-reader.ts";

/** A decimal from a text, by a constant pattern. */
export const toNumber = numberReader("to_number", "numberFromText", "A decimal from a text, by a constant pattern of `0 9 . D , G $ S MI PR`; an error where the text does not fit.");
