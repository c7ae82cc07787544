import { bits } from "../bits.ts";

export const bitXor = bits("xor", "The bits that are set in an odd number of values; null where there are none that are not null.");
