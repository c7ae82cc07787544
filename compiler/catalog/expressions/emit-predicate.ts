import { binary, unary } from "../../code/build.ts";
import type { Code } from "../../code/code.ts";
import { falseCode, nullCode, trueCode } from "../../code/literal.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { ExprEnvironment } from "./environment.ts";
import { emitExpr } from "./emit-expr.ts";

/** A plain boolean: whether the condition is true (null counts as not true), as a filter and `case when` ask. */
export function emitTrue(expr: Expr, env: ExprEnvironment): Code {
  if (expr.kind === "Call") {
    if (expr.name === "and") return binary("&&", emitTrue(argument(expr.args, 0), env), emitTrue(argument(expr.args, 1), env));
    if (expr.name === "or") return binary("||", emitTrue(argument(expr.args, 0), env), emitTrue(argument(expr.args, 1), env));
    if (expr.name === "not") return emitFalse(argument(expr.args, 0), env);
  }
  const value = emitExpr(expr, env);
  if (!value.nullable) return value.code;
  return value.lifted === undefined ? equalsCode(value.code, trueCode) : ifThere(value.lifted.operands, value.lifted.body);
}

/** A plain boolean: whether the condition is false (null counts as not false). */
export function emitFalse(expr: Expr, env: ExprEnvironment): Code {
  if (expr.kind === "Call") {
    if (expr.name === "and") return binary("||", emitFalse(argument(expr.args, 0), env), emitFalse(argument(expr.args, 1), env));
    if (expr.name === "or") return binary("&&", emitFalse(argument(expr.args, 0), env), emitFalse(argument(expr.args, 1), env));
    if (expr.name === "not") return emitTrue(argument(expr.args, 0), env);
  }
  const value = emitExpr(expr, env);
  if (!value.nullable) return unary("!", value.code);
  return value.lifted === undefined ? equalsCode(value.code, falseCode) : ifThere(value.lifted.operands, unary("!", value.lifted.body));
}

/** The opposite of `emitTrue`, as a guard writes it: `if (url === null) continue;`. */
export function emitNotTrue(expr: Expr, env: ExprEnvironment): Code {
  if (expr.kind === "Call") {
    const [first, second] = expr.args;
    if (expr.name === "and" && first !== undefined && second !== undefined) return binary("||", emitNotTrue(first, env), emitNotTrue(second, env));
    if ((expr.name === "is not null" || expr.name === "is null") && first !== undefined) {
      const value = emitExpr(first, env);
      if (value.nullable) return binary(expr.name === "is null" ? "!==" : "===", value.code, nullCode);
    }
    if (expr.name === "not" && first !== undefined) {
      const value = emitExpr(first, env);
      if (!value.nullable) return value.code;
    }
    if (expr.name === "and" || expr.name === "or" || expr.name === "not") return unary("!", emitTrue(expr, env));
  }
  const { code, nullable, lifted } = emitExpr(expr, env);
  if (!nullable) return unary("!", code);
  return lifted === undefined ? unary("!", equalsCode(code, trueCode)) : lifted.operands.reduceRight((rest, operand) => binary("||", binary("===", operand, nullCode), rest), unary("!", lifted.body));
}

/** A condition on values that may be null: false where one is. */
function ifThere(operands: readonly Code[], condition: Code): Code {
  return operands.reduceRight((rest, operand) => binary("&&", binary("!==", operand, nullCode), rest), condition);
}

function equalsCode(value: Code, truth: Code): Code {
  return binary("===", value, truth);
}

function argument(args: readonly Expr[], at: number): Expr {
  return args[at] ?? internalError("E9003", "a logical operator without its operands");
}
