import { hashFunction } from "../hash-function.ts";
import { intType } from "../../../ir/types/data-type.ts";

/** Spark's hash of 32 bits over any values. */
export const hash = hashFunction("hash", "murmurHash", "A hash of 32 bits (Murmur3 with the seed 42, as Spark's) over any values but maps; nulls change nothing.", intType);
