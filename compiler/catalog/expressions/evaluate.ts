import type { Code, Use } from "../../code/code.ts";
import { Scope } from "../../code/scope.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { callsUser } from "../../ir/expr/calls-user.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import * as functions from "../../../runtime/functions/index.ts";
import * as regex from "../../../runtime/regex.ts";
import { emitExpr } from "./emit-expr.ts";

/** The value, or that evaluation failed (the expression then stays and fails at run time, at its row). */
export type Evaluation = { readonly ok: true; readonly value: LiteralValue } | { readonly ok: false };

/**
 * Evaluates an expression without columns by running the very code that it would become, over the same kernels, so that a
 * folded constant can never differ from the value at run time. `timezone` is the job's.
 */
export function evaluateConstant(expr: Expr, timezone: string = "UTC"): Evaluation {
  if (expr.volatility !== "immutable" || columnsOf(expr).size > 0 || callsUser(expr)) return { ok: false };
  const scope = new Scope();
  const constants: string[] = [];
  const uses: Use[] = [];
  const emitted = emitExpr(expr, {
    column: (ref) => internalError("E9005", `a constant reads the column ${ref.name}`),
    param: (ref) => internalError("E9005", `a constant reads the param ${ref.name}`),
    userFunction: (ref) => internalError("E9005", `a constant calls ${ref.name}`),
    localName: (hint) => scope.name(hint),
    constant: (hint, value) => {
      const name = scope.name(hint);
      constants.push(`const ${name.text} = ${value.text};`);
      uses.push(...value.uses);
      return name;
    },
    batchTimestamp: scope.name("batchTimestamp"),
    batch: scope.name("batch"),
    timezone,
  });
  return run(emitted.code, constants, uses);
}

function run(code: Code, constants: readonly string[], uses: readonly Use[]): Evaluation {
  const needed = new Map<string, unknown>();
  for (const use of [...uses, ...code.uses]) needed.set(use.as ?? use.name, kernel(use));
  const body = `"use strict"; ${constants.join(" ")} return ${code.text};`;
  const evaluate: unknown = new Function(...needed.keys(), body);
  if (typeof evaluate !== "function") return internalError("E9005", "a constant did not become a function");
  try {
    return { ok: true, value: evaluate(...needed.values()) as LiteralValue };
  } catch {
    return { ok: false };
  }
}

function kernel(use: Use): unknown {
  const entry: Readonly<Record<string, unknown>> = use.module === "runtime/regex" ? regex : functions;
  return Object.hasOwn(entry, use.name) ? entry[use.name] : internalError("E9005", `the runtime has no kernel ${use.name}`);
}
