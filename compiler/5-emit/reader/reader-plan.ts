import type { Code } from "../../code/code.ts";
import type { FormatOptions } from "../../ir/logical/input.ts";
import type { Field } from "../../ir/types/data-type.ts";
import type { RowGroupTest } from "./row-group-tests.ts";

/** What is known of a reader before it is written. */
export interface ReaderPlan {
  /** The input's name in the job, for comments. */
  readonly input: string;
  /** The exported constant: `weblogsReader`. */
  readonly reader: string;
  /** The exported interface: `WeblogsColumns`. */
  readonly columnsType: string;
  readonly format: "avro" | "csv" | "json" | "kafka" | "parquet" | "text";
  /** Whether its records are messages, one each, and lie in no file. */
  readonly ofMessages?: boolean;
  /** How the format is written, as the job says it. */
  readonly formatOptions?: FormatOptions;
  /** All declared fields, in the order in which producers are expected to write them. */
  readonly fields: readonly Field[];
  /** Columns that come from elsewhere than the records. */
  readonly hiddenColumns?: readonly Field[];
  /** Fields whose decoding decides whether a record is malformed. With `strict`, every field does. */
  readonly needed: ReadonlySet<string>;
  readonly strict: boolean;
  /** Names of the fields that the batch shows. */
  readonly columns: readonly string[];
  readonly filter: ReaderFilter | undefined;
  /** What of the filter can be held against statistics of many rows. */
  readonly rowGroups?: readonly RowGroupTest[];
}

/** What an accepted record must also meet to become a row. */
export interface ReaderFilter {
  /** Names of the fields that it reads, whether the batch shows them or not. */
  readonly columns: readonly string[];
  /** For the comment: the predicate in the job's words. */
  readonly text: string;
  /** A condition that is true for rows to keep; `value` gives the code of a column's value at the row. */
  emit(value: (column: string) => Code): Code;
}

/** A reader as text for `NAME.reader.ts`; `code.uses` says what it imports, types as `type NAME`. */
export interface ReaderModulePart {
  readonly reader: string;
  readonly columnsType: string;
  readonly code: Code;
}
