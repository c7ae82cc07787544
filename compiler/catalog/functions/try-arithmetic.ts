import { arrow, callCode, type Code, runtime, Scope } from "../../code/index.ts";
import { type DataType, isNumeric } from "../../ir/types/data-type.ts";
import { type ArithmeticOperator, resolveArithmetic } from "./arithmetic-signature.ts";
import { emitDatetime, resolveDatetime } from "./datetime-arithmetic.ts";
import { emitArithmetic } from "./emit-arithmetic.ts";
import { pairOf } from "./operand.ts";
import { argumentAt, never } from "./resolution.ts";
import type { EmitServices, EmittedArgument, ScalarFunction } from "./scalar-function.ts";

/** `try_add` and its kin: the operator, with null where it would fail; what its operands do is not covered (Spark's TryAdd, EvalMode.TRY). */
export function tryArithmetic(name: string, operator: ArithmeticOperator, summary: string): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const pair = pairOf(operands);
      if ("refused" in pair) return pair.refused;
      const dates = operator === "+" || operator === "-" ? resolveDatetime(operator, operands, pair.left, pair.right) : undefined;
      const resolution = dates ?? resolveArithmetic(operator, operands, pair.left, pair.right);
      return resolution.ok ? { ...resolution, nullable: true } : resolution;
    },
    canFail: never,
    emit(args, result, services) {
      const [left, right] = [argumentAt(args, 0), argumentAt(args, 1)];
      const scope = new Scope();
      const [a, b] = [scope.name("left"), scope.name("right")];
      const operation = operationCode(operator, [{ ...left, code: a }, { ...right, code: b }], result, services);
      if (operation.uses.length === 0) return operationCode(operator, args, result, services);
      const kernel = new RegExp(`^(\\w+)\\(${a.text}, ${b.text}\\)$`).exec(operation.text)?.[1];
      if (kernel !== undefined) return callCode(runtime("attempt"), runtime(kernel), left.code, right.code);
      // A constant may have gone into the operation's own form.
      const used = [{ name: a, value: left.code }, { name: b, value: right.code }].filter(({ name }) => new RegExp(`\\b${name.text}\\b`).test(operation.text));
      return callCode(runtime("attempt"), arrow(used.map(({ name }) => name), operation), ...used.map(({ value }) => value));
    },
  };
}

function operationCode(operator: ArithmeticOperator, args: readonly EmittedArgument[], result: DataType, services: EmitServices): Code {
  return (operator === "+" || operator === "-") && !isNumeric(result) ? emitDatetime(operator, args, result, services) : emitArithmetic(operator, args, result);
}
