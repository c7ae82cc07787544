import type { EmittedValue, ExprEnvironment } from "../catalog/expressions/environment.ts";
import { member } from "../code/build.ts";
import { Code, Precedence } from "../code/code.ts";
import type { Scope } from "../code/scope.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { ColumnId, ColumnRef, ParamRef, UserFunctionRef } from "../ir/expr/expr.ts";
import type { ModuleScope } from "./module-scope.ts";

/** Where expressions over one row are emitted: what each live column is called there. */
export class RowEnvironment implements ExprEnvironment {
  readonly #module: ModuleScope;
  readonly #params: ReadonlyMap<string, EmittedValue>;
  readonly #values = new Map<ColumnId, EmittedValue>();
  readonly names: Scope;
  readonly timezone: string;
  readonly batch: Code = new Code("context.batch", Precedence.postfix, []);
  readonly batchTimestamp: Code = member(this.batch, "timestamp");

  /** `loop`: the variables of the loop that the expressions stand in. */
  constructor(module: ModuleScope, names: Scope, params: ReadonlyMap<string, EmittedValue>, loop: readonly string[] = []) {
    this.#module = module;
    this.timezone = module.timezone;
    this.#params = params;
    this.names = names.child(loop);
  }

  bind(id: ColumnId, value: EmittedValue): void {
    this.#values.set(id, value);
  }

  has(id: ColumnId): boolean {
    return this.#values.has(id);
  }

  /** From here on the column is known not to be null. */
  narrow(id: ColumnId): void {
    const value = this.#values.get(id);
    if (value !== undefined) this.#values.set(id, { ...value, nullable: false });
  }

  column(ref: Pick<ColumnRef, "id" | "name">): EmittedValue {
    return this.#values.get(ref.id) ?? internalError("E9007", `the column ${ref.name} (${ref.id}) is not alive where it is read`);
  }

  param(ref: ParamRef): EmittedValue {
    return this.#params.get(ref.name) ?? internalError("E9007", `the param ${ref.name} is not bound`);
  }

  userFunction(ref: UserFunctionRef): Code {
    return this.#module.userFunction(ref);
  }

  localName(hint: string): Code {
    return this.names.name(hint);
  }

  constant(hint: string, value: Code): Code {
    return this.#module.constant(hint, value);
  }
}
