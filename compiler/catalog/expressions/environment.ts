import type { Code } from "../../code/code.ts";
import type { ColumnRef, ParamRef, UserFunctionRef } from "../../ir/expr/expr.ts";
import type { RecordShape } from "../../ir/types/shape.ts";
import type { EmitServices } from "../functions/scalar-function.ts";

/** A value as code. `nullable` is false only where the code's TypeScript type has no null either. */
export interface EmittedValue {
  readonly code: Code;
  readonly nullable: boolean;
  /** Where the code is `a === null || b === null ? null : body`: what may be null, as it is tested, and the body, which is never null. */
  readonly lifted?: { readonly operands: readonly Code[]; readonly body: Code };
  /** Where it is read in place of a reader's lane: that lane, of whose row `row` the code makes the value. */
  readonly lane?: Code;
  /** Where it is a record that a user's function gave: the object itself, whose fields are checked and converted where they are read. */
  readonly given?: GivenRecord;
}

/** An object that a user's function gave. */
export interface GivenRecord {
  readonly code: Code;
  readonly nullable: boolean;
  readonly shape: RecordShape;
  /** Its place for messages, the function first: `toPage.address`. */
  readonly from: string;
}

/** What the place of an expression gives it: how columns, params and imported functions are reached there. */
export interface ExprEnvironment extends EmitServices {
  column(ref: ColumnRef): EmittedValue;
  param(ref: ParamRef): EmittedValue;
  userFunction(ref: UserFunctionRef): Code;
}
