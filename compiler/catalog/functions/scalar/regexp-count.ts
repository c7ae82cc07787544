import { intType } from "../../../ir/types/data-type.ts";
import { patternFunction } from "../regex/pattern-function.ts";

/** How many matches a regular expression has in a text. */
export const regexpCount = patternFunction({
  name: "regexp_count",
  summary: "How many matches a regular expression has in a text.",
  result: intType,
  kernel: "countMatches",
});
