import { extreme } from "../extreme.ts";

export const min = extreme("min", "The smallest of the values that are not null; strings by UTF-8 bytes, NaN above all numbers.");
