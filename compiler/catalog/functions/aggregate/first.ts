import { firstOrLast } from "../first-or-last.ts";

export const first = firstOrLast("first", ["first_value", "any_value"], "The value of the first row of the group as the rows come, null or not; with `true` as second argument the first that is not null.");
