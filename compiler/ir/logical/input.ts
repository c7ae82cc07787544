import type { Span } from "../../source/span.ts";
import type { Expr, ImportedRef } from "../expr/expr.ts";
import type { LiteralValue } from "../expr/literal-value.ts";
import type { Field } from "../types/data-type.ts";

/** What happens to a record that cannot be decoded. */
export type MalformedPolicy =
  | { readonly kind: "fail" }
  | { readonly kind: "drop" }
  | { readonly kind: "null" }
  | { readonly kind: "into"; readonly sideOutput: string };

/** A declared source (unbounded) or table (bounded), checked. */
export interface Input {
  readonly name: string;
  readonly bounded: boolean;
  readonly span: Span;
  /** The connector's name in the catalogue: `file`, `socket`, `queue` … */
  readonly connector: string;
  /** The connector's own options by name, in the order written; constants or params, already coerced. */
  readonly options: readonly OptionValue[];
  /** `json`, `text` …; undefined where the connector yields its own columns. */
  readonly format: string | undefined;
  /** Options of the format (`header`, `separator` …), constants: they decide what the reader is. */
  readonly formatOptions?: FormatOptions;
  /** How the registry of schemas is reached, by the names of the options; constants or params. */
  readonly registry?: readonly OptionValue[];
  /** All declared columns, or the connector's own. */
  readonly fields: readonly Field[];
  /** Columns that the connector adds; a query reads those that it names. */
  readonly hiddenColumns?: readonly Field[];
  readonly malformed: MalformedPolicy;
  /** Every declared column is checked, not only the needed ones. */
  readonly strict: boolean;
  /** What of the user's modules it is given: a receiver, `decode`. */
  readonly imported?: readonly ImportedOption[];
  /** The columns whose values are the messages' key, by which the default partitioner chose their partitions. */
  readonly partitionedBy?: readonly string[];
  /** Of a receiver, whether it can give its records again. */
  readonly replays?: boolean;
}

/** An option whose value is imported from a TypeScript module. */
export interface ImportedOption {
  readonly name: string;
  readonly ref: ImportedRef;
}

/** Options of a format by name. */
export type FormatOptions = Readonly<Record<string, LiteralValue>>;

export interface OptionValue {
  readonly name: string;
  readonly value: Expr;
  /** Where it is a constant that no type of the language has; `value` is then a text of it. */
  readonly data?: OptionData;
}

/** Pairs and lists of constants: `[["bids", [0, 1]]]`. */
export type OptionData = string | number | bigint | readonly OptionData[];
