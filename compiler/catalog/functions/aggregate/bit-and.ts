import { bits } from "../bits.ts";

export const bitAnd = bits("and", "The bits that are set in all values; null where there are none that are not null.");
