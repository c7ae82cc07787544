import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { DataType } from "../../ir/types/data-type.ts";

/** What the checker knows of one argument when it asks for a signature. */
export interface Operand {
  readonly type: DataType;
  readonly nullable: boolean;
  /** Set where the argument is a literal (casts of literals folded): patterns, formats and field names must often be one. */
  readonly constant: { readonly value: LiteralValue } | undefined;
  /** Set where the argument is no literal itself, constant or not: then its type says how many digits it may have, not its value. */
  readonly computed?: boolean;
  /** The name of a column or field that the argument is: fields of `struct` and `arrays_zip` are called after it. */
  readonly name?: string;
  /** For `from_json(text as T)`: the type written behind `as`, or a schema's. */
  readonly asType?: DataType | undefined;
}

/** The types that the arguments are converted to, and what comes out. */
export interface Resolved {
  readonly ok: true;
  /** One a given argument. The checker inserts a cast where an argument has another type. */
  readonly parameters: readonly DataType[];
  readonly type: DataType;
  readonly nullable: boolean;
}

/** Why the arguments do not fit; the checker makes a diagnostic of it. */
export type Unresolved = { readonly ok: false } & (
  | { readonly problem: "arity"; /** e.g. `2 or 3 arguments` */ readonly expected: string }
  | { readonly problem: "type"; readonly argument: number; /** e.g. `a string` */ readonly expected: string }
  | { readonly problem: "value"; readonly argument: number; /** e.g. `the pattern \`(\` is not a regular expression: …` */ readonly message: string }
);

export type Resolution = Resolved | Unresolved;
