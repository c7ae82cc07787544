import { callCode, runtime } from "../../../code/index.ts";
import { durationType, timestampType, windowType } from "../../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The window of a time, as a value; as a key of `group by` it is no function but a window of the aggregate. */
export const tumbling: ScalarFunction = {
  name: "tumbling",
  summary: "The window `{ start, end }` of a length (with an offset from the epoch, if given) in which a timestamp lies; as a key of `group by` it opens a window.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    if (operands.length !== 2 && operands.length !== 3) return wrongArity("a time, a length and maybe an offset");
    const odd = operands.findIndex(({ type }, at) => type.kind !== "error" && type.kind !== "null" && type.kind !== (at === 0 ? "timestamp" : "duration"));
    if (odd >= 0) return wrongType(odd, odd === 0 ? "a timestamp" : "a duration");
    return resolved([timestampType, durationType, durationType].slice(0, operands.length), windowType, false);
  },
  canFail: never,
  emit: (args) => callCode(runtime("tumblingWindowOf"), ...args.map((arg) => arg.code)),
};
