import type { Span } from "../../source/span.ts";
import type { Shape } from "../types/shape.ts";
import type { DataType } from "../types/data-type.ts";
import type { LiteralValue } from "./literal-value.ts";

/** Identifies a column within one compilation: two columns of one name are two ids, a renamed column keeps none. */
export type ColumnId = number;

/**
 * How often an expression may give another value: never (`immutable`), once a batch (`batch`: current_timestamp), once a
 * start (`start`: params), or with every evaluation (`volatile`).
 */
export type Volatility = "immutable" | "start" | "batch" | "volatile";

/** Where an expression came from in the job, for diagnostics and for comments in emitted code. Made-up nodes have none. */
export type Origin = Span | undefined;

/** A bound, typed expression. Columns are referred to by id, never by name. Values are immutable and shared. */
export type Expr = Literal | ColumnRef | ParamRef | Call | Cast | Case | FieldAccess | MakeRecord | MakeArray | UserCall;

interface ExprBase {
  readonly type: DataType;
  /** False only where the value can never be null. */
  readonly nullable: boolean;
  readonly volatility: Volatility;
  readonly origin: Origin;
}

export interface Literal extends ExprBase {
  readonly kind: "Literal";
  readonly value: LiteralValue;
}

export interface ColumnRef extends ExprBase {
  readonly kind: "ColumnRef";
  readonly id: ColumnId;
  /** For people and for names in emitted code only. */
  readonly name: string;
}

/** A param of the job: one value for the whole run. */
export interface ParamRef extends ExprBase {
  readonly kind: "ParamRef";
  readonly name: string;
}

/**
 * A built-in function or operator, by the name under which the catalogue holds it: `+`, `=`, `and`, `or`, `not`, `is null`,
 * `is distinct from`, `like`, `lower` … Arguments are already coerced to the types that its signature asked for.
 */
export interface Call extends ExprBase {
  readonly kind: "Call";
  readonly name: string;
  readonly args: readonly Expr[];
}

/** `cast` and, with `safe`, `try_cast` (null where the cast fails). Also every implicit conversion. */
export interface Cast extends ExprBase {
  readonly kind: "Cast";
  readonly input: Expr;
  readonly safe: boolean;
}

/** A searched case; `case x when v` is bound as `x = v`. Without `otherwise` it is null. */
export interface Case extends ExprBase {
  readonly kind: "Case";
  readonly clauses: readonly { readonly when: Expr; readonly then: Expr }[];
  readonly otherwise: Expr | undefined;
}

/** A field of a record; null where the record is null. */
export interface FieldAccess extends ExprBase {
  readonly kind: "FieldAccess";
  readonly input: Expr;
  readonly field: string;
}

export interface MakeRecord extends ExprBase {
  readonly kind: "MakeRecord";
  /** In the order of the record type's fields. */
  readonly values: readonly Expr[];
}

export interface MakeArray extends ExprBase {
  readonly kind: "MakeArray";
  readonly items: readonly Expr[];
}

/** A call of an imported TypeScript function. */
export interface UserCall extends ExprBase {
  readonly kind: "UserCall";
  readonly function: UserFunctionRef;
  readonly args: readonly Expr[];
}

/** What a job imports: a function, an aggregate. */
export interface ImportedRef {
  /** The name in the job. */
  readonly name: string;
  /** The export's name in its module. */
  readonly exportName: string;
  /** The specifier as written in the job, relative to the job's file. */
  readonly from: string;
}

export interface UserFunctionRef extends ImportedRef {
  /**
   * `null` is passed to the function where the parameter takes it; elsewhere a null argument gives null without a call. An argument is of any type that its parameter's
   * shape takes: `type` is what a column of just that shape has.
   */
  readonly parameters: readonly { readonly name: string; readonly type: DataType; readonly nullable: boolean; readonly shape: Shape }[];
  readonly returns: UserResult;
}

/** What a user's function gives. */
export interface UserResult {
  /** An array of records where it gives rows. */
  readonly type: DataType;
  readonly nullable: boolean;
  /** Of a value, or of each row. */
  readonly shape: Shape;
  /** How rows come back (`flatMap`): one after the other from an iterable, or one or none. Absent: a value. */
  readonly rows?: "iterable" | "one or none";
}

export type ExprKind = Expr["kind"];
