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
  return value.nullable ? equalsCode(value.code, trueCode) : value.code;
}

/** A plain boolean: whether the condition is false (null counts as not false). */
export function emitFalse(expr: Expr, env: ExprEnvironment): Code {
  if (expr.kind === "Call") {
    if (expr.name === "and") return binary("||", emitFalse(argument(expr.args, 0), env), emitFalse(argument(expr.args, 1), env));
    if (expr.name === "or") return binary("&&", emitFalse(argument(expr.args, 0), env), emitFalse(argument(expr.args, 1), env));
    if (expr.name === "not") return emitTrue(argument(expr.args, 0), env);
  }
  const value = emitExpr(expr, env);
  return value.nullable ? equalsCode(value.code, falseCode) : unary("!", value.code);
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
  }
  return unary("!", emitTrue(expr, env));
}

function equalsCode(value: Code, truth: Code): Code {
  return binary("===", value, truth);
}

function argument(args: readonly Expr[], at: number): Expr {
  return args[at] ?? internalError("E9003", "a logical operator without its operands");
}
