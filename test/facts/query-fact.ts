/**
 * A file of queries: bounded jobs over small tables, and what Spark answers to the same in SQL.
 *
 * `about` says where it comes from. `tables` gives the columns of each table as `[name, Spark's type, whether it may be null]`, `datasets`
 * several contents of them (rows by column; a number may be a text, so that it keeps its digits), `jobs` the questions.
 */
export interface QueryFacts {
  readonly about: string;
  readonly tables: Readonly<Record<string, readonly (readonly [name: string, type: string, nullable: boolean])[]>>;
  readonly datasets: readonly Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>[];
  readonly jobs: readonly QueryFact[];
}

/** One job of such a file. */
export interface QueryFact {
  /** A pipeline; `{t}` stands for the table `t`. */
  readonly job: string;
  /** The same for Spark. */
  readonly sql: string;
  /** Which content the tables have. */
  readonly dataset: number;
  /** Whether the rows have an order. */
  readonly ordered?: boolean;
  /** Names and Spark's types of the result's columns. */
  readonly columns?: readonly (readonly [name: string, type: string])[];
  /** The rows that Spark gives, in the encoding of `decode.ts`. */
  readonly rows?: readonly (readonly unknown[])[];
  /** Spark's error condition; then there are no rows. */
  readonly error?: string;
}
