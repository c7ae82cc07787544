/** One entry of functions.json, as Spark answered it. */
export interface FunctionFact {
  readonly fn: string;
  /** An expression, or `SELECT … AS r FROM VALUES (…) AS t(…)` where the inputs are columns. */
  readonly sql: string;
  /** The inputs in the encoding of `decode.ts`. */
  readonly args?: readonly unknown[];
  /** Spark's result type, e.g. `decimal(6,2)`; absent where Spark refuses the expression. */
  readonly type?: string;
  readonly result?: unknown;
  /** Spark's error condition; then there is no result. */
  readonly error?: string;
  /** The answer depends on the day. */
  readonly volatile?: unknown;
  readonly timezone?: string;
  readonly as_columns?: boolean;
  readonly note?: string;
}

/** One entry of aggregates.json. */
export interface AggregateFact {
  readonly fn: string;
  /** A whole query over `t(x)` or `t(x, y)`. */
  readonly sql: string;
  readonly column_type: string;
  /** The column in order, or rows as arrays where there are several columns. */
  readonly values: readonly unknown[];
  readonly case?: string;
  readonly type?: string;
  readonly result?: unknown;
  readonly error?: string;
}

/** One entry of reading.json: a file and what its rows are. */
export interface ReadingFact {
  readonly format: string;
  readonly mode: string;
  /** Spark's DDL: `a INT, b STRING`. */
  readonly schema: string;
  /** The file's content; `binary:` and base64 where it is no text. */
  readonly input: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: string;
  readonly volatile?: unknown;
  readonly timezone?: string;
  readonly note?: string;
}
