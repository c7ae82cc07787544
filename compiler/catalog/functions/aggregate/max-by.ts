import { extremeBy } from "../extreme-by.ts";

export const maxBy = extremeBy("max_by", "The first argument, null or not, where the second is largest; of equal ones the last row's.");
