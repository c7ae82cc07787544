import { firstOrLast } from "../first-or-last.ts";

export const last = firstOrLast("last", ["last_value"], "The value of the last row of the group as the rows come, null or not; with `true` as second argument the last that is not null.");
