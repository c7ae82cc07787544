import { callCode, runtime } from "../../code/index.ts";
import { intType, type TypeKind } from "../../ir/types/data-type.ts";
import { resolved, wrongArity, wrongType } from "./operand.ts";
import { anyNullable, argumentAt, fitsParameter } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** What differs between the ways to an element of an array. */
interface Access {
  readonly name: string;
  readonly summary: string;
  readonly kernel: string;
  /** Null, not an error, beyond the ends. */
  readonly lenient: boolean;
  /** Whether the index must be an int as it stands, without a conversion. */
  readonly strictIndex: boolean;
}

/** A function from an array and an index to an element. */
export function arrayAccess(access: Access): ScalarFunction {
  return {
    name: access.name,
    summary: access.summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const [array, index] = operands;
      if (array === undefined || index === undefined || operands.length !== 2) return wrongArity("2 arguments");
      if (array.type.kind === "error") return resolved([array.type, intType], array.type, true);
      if (array.type.kind !== "array") return wrongType(0, "an array");
      const fits = access.strictIndex ? strictIndexes.has(index.type.kind) : fitsParameter(index.type, "int");
      if (!fits) return wrongType(1, "an int");
      return resolved([array.type, intType], array.type.element, access.lenient || array.type.elementNullable || anyNullable(operands));
    },
    canFail: () => !access.lenient,
    emit: (args) => callCode(runtime(access.kernel), argumentAt(args, 0).code, argumentAt(args, 1).code),
  };
}

const strictIndexes: ReadonlySet<TypeKind> = new Set(["int", "null", "error"]);
