import type { Code } from "../../code/code.ts";
import type { ColumnRef, ParamRef, UserFunctionRef } from "../../ir/expr/expr.ts";
import type { EmitServices } from "../functions/scalar-function.ts";

/** A value as code. `nullable` is false only where the code's TypeScript type has no null either. */
export interface EmittedValue {
  readonly code: Code;
  readonly nullable: boolean;
}

/** What the place of an expression gives it: how columns, params and imported functions are reached there. */
export interface ExprEnvironment extends EmitServices {
  column(ref: ColumnRef): EmittedValue;
  param(ref: ParamRef): EmittedValue;
  userFunction(ref: UserFunctionRef): Code;
}
