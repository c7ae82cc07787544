import { bits } from "../bits.ts";

export const bitOr = bits("or", "The bits that are set in at least one value; null where there are none that are not null.");
