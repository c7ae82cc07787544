import { distinctness } from "../distinctness.ts";

export const isNotDistinctFrom = distinctness("is not distinct from", "Whether two values are the same, where null is the same as null (Spark's EqualNullSafe).", true);
