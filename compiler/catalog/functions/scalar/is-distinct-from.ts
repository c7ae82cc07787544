import { distinctness } from "../distinctness.ts";

export const isDistinctFrom = distinctness("is distinct from", "Whether two values differ, where null is the same as null: never null itself.", false);
