import { columnRef, userCall } from "../../ir/expr/build.ts";
import type { ColumnRef, Expr, UserCall } from "../../ir/expr/expr.ts";
import { transformExpr } from "../../ir/expr/walk.ts";
import type { LogicalJob } from "../../ir/logical/job.ts";
import type { Shape } from "../../ir/types/shape.ts";
import type { Py } from "../python/py.ts";
import type { PyScope } from "../python/py-scope.ts";

/** An imported function as a program calls it: the bundle has one entry for it, over the columns that cross. */
export interface SparkFunction {
  /** What the program and the bundle call it. */
  readonly name: Py;
  /** The call over the columns that cross, whose ids are their places. */
  readonly call: UserCall;
  readonly columns: readonly ColumnRef[];
}

/** A call of such a function. */
export interface SparkCall {
  readonly function: SparkFunction;
  /** What crosses. */
  readonly args: readonly Expr[];
}

/** The imported functions that a program calls. Calls with values of the same types share one. */
export class SparkFunctions {
  readonly #module: PyScope;
  readonly #names: ReadonlyMap<string, Py>;
  readonly #found = new Map<string, SparkFunction>();

  /** Names are taken before any variable of the program is. */
  constructor(job: LogicalJob, module: PyScope) {
    this.#module = module;
    this.#names = new Map(job.functions.map(({ name }) => [name, module.name(name)]));
  }

  get all(): readonly SparkFunction[] {
    return [...this.#found.values()];
  }

  call(of: UserCall): SparkCall {
    const args: Expr[] = [];
    const cross = (expr: Expr, shape: Shape | undefined): Expr => {
      if (expr.kind === "Literal" && expr.value === null) return { ...expr, origin: undefined };
      if (expr.kind === "MakeRecord" && expr.type.kind === "record" && shape?.kind === "record") {
        const { fields } = expr.type;
        return { ...expr, origin: undefined, values: expr.values.map((value, at) => cross(value, shape.fields.find(({ name }) => name === fields[at]?.name)?.shape)) };
      }
      return columnRef(args.push(expr) - 1, nameOf(expr, of), expr.type, expr.nullable);
    };
    const call = userCall(of.function, of.args.map((arg, at) => cross(arg, of.function.parameters[at]?.shape)));
    // Which columns are read is part of what tells functions apart, and what these are called is not.
    const nameless = call.args.map((arg) => transformExpr(arg, (node) => (node.kind === "ColumnRef" ? columnRef(node.id, "", node.type, node.nullable) : node)));
    const columns = args.map((arg, at) => columnRef(at, nameOf(arg, of), arg.type, arg.nullable));
    const key = JSON.stringify([of.function.name, of.function.returns.type, nameless]);
    const known = this.#found.get(key);
    if (known !== undefined) return { function: known, args };
    const own = this.#names.get(of.function.name);
    const isTaken = this.all.some(({ name }) => name === own);
    const made = { name: own === undefined || isTaken ? this.#module.name(`${of.function.name} of other types`) : own, call, columns };
    this.#found.set(key, made);
    return { function: made, args };
  }
}

function nameOf(expr: Expr, { function: { parameters, name } }: UserCall): string {
  if (expr.kind === "ColumnRef") return expr.name;
  return expr.kind === "FieldAccess" ? expr.field : parameters.length === 1 ? (parameters[0]?.name ?? name) : "value";
}
