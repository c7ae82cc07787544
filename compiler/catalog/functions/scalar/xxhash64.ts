import { hashFunction } from "../hash-function.ts";
import { longType } from "../../../ir/types/data-type.ts";

/** Spark's hash of 64 bits over any values. */
export const xxhash64 = hashFunction("xxhash64", "xxHash", "A hash of 64 bits (xxHash with the seed 42, as Spark's) over any values but maps; nulls change nothing.", longType);
