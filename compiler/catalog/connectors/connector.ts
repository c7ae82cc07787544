import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { OutputMode } from "../../ir/logical/job.ts";
import type { DataType, Field } from "../../ir/types/data-type.ts";

/** An option of a connector or format. Values are constants or params of this type. */
export interface OptionSpec {
  readonly name: string;
  readonly type: DataType | "words" /** one of `allowed` */ | "columns" /** names of columns of the rows */;
  readonly allowed?: readonly string[];
  readonly required?: boolean;
  /** The nth positional argument, from 0; named otherwise. */
  readonly position?: number;
  /** A sentence when the value is out of its range, else undefined. Only for constants; params are checked at start. */
  readonly check?: (value: LiteralValue) => string | undefined;
  /** In the language, but not executed by this version. */
  readonly later?: boolean;
}

/** What a source can do. */
export interface SourceCapabilities {
  readonly options: readonly OptionSpec[];
  /** May be a `source`. */
  readonly unbounded: boolean;
  /** May be a `table`, and read whole by `--batch`. */
  readonly bounded: boolean;
  /** Read again from an offset; if not, the runtime writes each batch's records durably first. */
  readonly replayable: boolean;
  /** Whether its records come in files, which have a beginning and an end: then the options of formats for whole files make sense. */
  readonly hasFiles?: boolean;
  /** What rows know of where they come from: columns that appear only when they are named. */
  readonly hiddenColumns?: readonly Field[];
  /** Formats that may be named; the first is the default where `ownColumns` is undefined. */
  readonly formats: readonly string[];
  /** Columns of a source without `format`. */
  readonly ownColumns: readonly Field[] | undefined;
  /** Formats of the language that this version does not read. */
  readonly laterFormats?: readonly string[];
  /** Export of `runtime/connectors/<name>/source.ts` re-exported by `runtime/connectors/<name>.ts`. */
  readonly factory: string;
}

/** What a sink can do. */
export interface SinkCapabilities {
  readonly options: readonly OptionSpec[];
  readonly formats: readonly string[];
  readonly modes: readonly OutputMode[];
  /** Row kinds that it can take; a sink that can only upsert names no `-D` of whole rows. */
  readonly takes: readonly ("+I" | "+U" | "-D" | "-U")[];
  readonly delivery: "exactly once" | "at least once";
  /** Whether a query into it may run without a kept checkpoint. */
  readonly needsCheckpoint: boolean;
  /** Whether it keeps the order of rows (an `order by` matters to it). */
  readonly ordered: boolean;
  /** Formats of the language that this version does not write. */
  readonly laterFormats?: readonly string[];
  readonly factory: string;
}

export interface Connector {
  readonly name: string;
  readonly source?: SourceCapabilities;
  readonly sink?: SinkCapabilities;
}
