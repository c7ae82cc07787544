import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import type { Operand } from "../../catalog/functions/signature.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";

/** What the catalogue is told of an argument. */
export function operandOf(expr: Expr, asType?: DataType): Operand {
  const operand: Operand = { type: expr.type, nullable: expr.nullable, constant: constantOf(expr), ...(expr.kind === "Literal" ? {} : { computed: true }) };
  return asType === undefined ? operand : { ...operand, asType };
}

function constantOf(expr: Expr): Operand["constant"] {
  if (expr.kind === "Literal") return { value: expr.value };
  if (expr.kind !== "Cast" || expr.input.kind !== "Literal") return undefined;
  const evaluated = evaluateConstant(expr);
  return evaluated.ok ? { value: evaluated.value } : undefined;
}
