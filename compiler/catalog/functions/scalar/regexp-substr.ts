import { stringType } from "../../../ir/types/data-type.ts";
import { patternFunction } from "../regex/pattern-function.ts";

/** The first match of a regular expression in a text; null where there is none. */
export const regexpSubstr = patternFunction({
  name: "regexp_substr",
  summary: "The first match of a regular expression in a text; null where there is none.",
  result: stringType,
  kernel: "firstMatch",
  givesNull: true,
});
