import { extreme } from "../extreme.ts";

export const max = extreme("max", "The largest of the values that are not null; strings by UTF-8 bytes, NaN above all numbers.");
