import { arrow, callCode, nullCode, runtime, Scope } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { sameType } from "../../../ir/types/data-type.ts";
import { emitCast } from "../../casts/emit-cast.ts";
import { equalCode } from "../compare-code.ts";
import { comparedType } from "../comparison.ts";
import { pairOf, resolved, wrongType } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const nullif: ScalarFunction = {
  name: "nullif",
  summary: "Null where the two values are equal, else the first, in its own type (Spark's NullIf).",
  volatility: "immutable",
  resolve(operands) {
    const pair = pairOf(operands);
    if ("refused" in pair) return pair.refused;
    const { left, right } = pair;
    if (comparedType(left, right) === undefined) return wrongType(1, `something to compare with ${left.type.kind}`);
    return resolved([left.type, right.type], left.type, true);
  },
  nulls: "custom",
  canFail: (args) => args.length === 2 && args[0]?.kind !== args[1]?.kind,
  emit([left, right], _result, services) {
    if (left === undefined || right === undefined) return internalError("E9003", "nullif without two operands");
    if (left.type.kind === "null") return nullCode;
    if (right.type.kind === "null") return left.code;
    const type = comparedType(left, right) ?? internalError("E9003", "nullif of types that do not compare");
    const scope = new Scope();
    const [value, other] = [scope.name("value"), scope.name("other")];
    const equals = equalCode(
      { code: emitCast(value, left.type, type, false, services), constant: undefined },
      { code: emitCast(other, right.type, type, false, services), constant: undefined },
      type,
      services,
    );
    const isPlain = sameType(left.type, right.type) && equals.text === `${value.text} === ${other.text}`;
    return isPlain ? callCode(runtime("nullIf"), left.code, right.code) : callCode(runtime("nullIfBy"), left.code, right.code, arrow([value, other], equals));
  },
};
