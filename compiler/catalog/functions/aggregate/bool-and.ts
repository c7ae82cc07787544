import { allOrSome } from "../all-or-some.ts";

export const boolAnd = allOrSome("bool_and", ["every"], "Whether all values that are not null are true; null where there are none.");
