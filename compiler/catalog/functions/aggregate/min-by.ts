import { extremeBy } from "../extreme-by.ts";

export const minBy = extremeBy("min_by", "The first argument, null or not, where the second is smallest; of equal ones the last row's.");
