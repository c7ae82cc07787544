import { intType } from "../../../ir/types/data-type.ts";
import { patternFunction } from "../regex/pattern-function.ts";

/** Where a regular expression first matches in a text, from 1 (in UTF-16 units, as in Java); 0 where it does not. */
export const regexpInstr = patternFunction({
  name: "regexp_instr",
  summary: "Where a regular expression first matches in a text, from 1 (in UTF-16 units, as in Java); 0 where it does not.",
  result: intType,
  kernel: "positionOfMatch",
  takesIndex: true,
});
