import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import type { Operand } from "../../catalog/functions/signature.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";

/** What the catalogue is told of an argument; `timezone` is the job's. */
export function operandOf(expr: Expr, timezone: string, asType?: DataType): Operand {
  const name = expr.kind === "ColumnRef" ? expr.name : expr.kind === "FieldAccess" ? expr.field : undefined;
  const operand: Operand = {
    type: expr.type,
    nullable: expr.nullable,
    constant: constantOf(expr, timezone),
    ...(expr.kind === "Literal" ? {} : { computed: true }),
    ...(name === undefined ? {} : { name }),
  };
  return asType === undefined ? operand : { ...operand, asType };
}

function constantOf(expr: Expr, timezone: string): Operand["constant"] {
  if (expr.kind === "Literal") return { value: expr.value };
  if (expr.kind !== "Cast" || expr.input.kind !== "Literal") return undefined;
  const evaluated = evaluateConstant(expr, timezone);
  return evaluated.ok ? { value: evaluated.value } : undefined;
}
