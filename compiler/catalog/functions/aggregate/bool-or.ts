import { allOrSome } from "../all-or-some.ts";

export const boolOr = allOrSome("bool_or", ["some", "any"], "Whether a value is true; null where there are none that are not null.");
