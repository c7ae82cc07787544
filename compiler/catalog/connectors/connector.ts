import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { OutputMode } from "../../ir/logical/job.ts";
import type { DataType, Field } from "../../ir/types/data-type.ts";

/** An option of a connector or format. Values are constants or params of this type. */
export interface OptionSpec {
  readonly name: string;
  readonly type:
    | DataType
    | "words" /** one of `allowed` */
    | "columns" /** names of columns of the rows */
    | "imported" /** what a TypeScript module exports */
    | "texts" /** a string, or an array of strings */
    | "row" /** an expression over the rows */
    | "partitions" /** partitions by topic: `{ bids: [0, 1] }` */
    | "offsets" /** `earliest`, `latest`, or offsets by topic and partition */
    | "times" /** timestamps by topic and partition */;
  readonly allowed?: readonly string[];
  readonly required?: boolean;
  /** What it is where the job does not say it, where the analysis goes by it. */
  readonly usual?: LiteralValue;
  /** The nth positional argument, from 0; named otherwise. */
  readonly position?: number;
  /** A sentence when the value is out of its range, else undefined. Only for constants; params are checked at start. */
  readonly check?: (value: LiteralValue) => OptionProblem | undefined;
  /** The plan depends on it, so it is no param. */
  readonly constant?: boolean;
  /** For a `table` only: a stream has no use for it. */
  readonly ofTables?: true;
  /** For a `source` only: a table, which is read as a whole, has no use for it. */
  readonly ofStreams?: true;
  /** Says how a batch is made or read: the trigger `continuous` has no use for it. */
  readonly ofBatches?: true;
  /** In the language, but not executed by this version. */
  readonly later?: boolean;
  /** A password or the like: no constant, which would stand in the emitted module. */
  readonly isSecret?: true;
}

/** What is wrong about a value: a sentence, or one with the edit that mends it. */
export type OptionProblem = string | { readonly message: string; readonly help: string };

/** Options that do not go together, or one that needs another: told at `option`. */
export interface OptionConflict {
  readonly option: string;
  readonly message: string;
  readonly help: string;
}

/** Holds the options that are given, by name, against each other; the value of a param is undefined. */
export type CheckTogether = (given: ReadonlyMap<string, LiteralValue | undefined>) => OptionConflict | undefined;

/** What a source can do. */
export interface SourceCapabilities {
  readonly options: readonly OptionSpec[];
  /** May be a `source`. */
  readonly unbounded: boolean;
  /** May be a `table`, and read whole by `--batch`. */
  readonly bounded: boolean;
  /** Read again from an offset; if not, the runtime writes each batch's records durably first. */
  readonly replayable: boolean;
  /** What was handed in is recorded before a batch is planned: nothing of it is lost, although it cannot be read again. */
  readonly recordedFirst?: true;
  /** Whether it hands on records as they come (`StreamSource.follow`), as the trigger `continuous` needs. */
  readonly follows?: true;
  /** Whether its records come in files, which have a beginning and an end: then the options of formats for whole files make sense. */
  readonly hasFiles?: boolean;
  /** Whether its records are messages, each by itself; without a format a row is a message as it is. */
  readonly ofMessages?: true;
  readonly checkTogether?: CheckTogether;
  /** What rows know of where they come from: columns that appear only when they are named. */
  readonly hiddenColumns?: readonly Field[];
  /** Formats that may be named; the first is the default where `ownColumns` is undefined. */
  readonly formats: readonly string[];
  /** Columns of a source without `format`; where `formats` is empty, the only ones. */
  readonly ownColumns: readonly Field[] | undefined;
  /** How records with those columns are encoded: `text` where it is not said. */
  readonly ownFormat?: string;
  /** Formats of the language that this version does not read. */
  readonly laterFormats?: readonly string[];
  /** Export of `runtime/connectors/<name>/source.ts` re-exported by `runtime/connectors/<name>.ts`. */
  readonly factory: string;
  /** Whether the factory is given the input's name first. */
  readonly isNamed?: true;
  /** Names that are no options and that somebody may look for, each with where to go instead. */
  readonly habits?: ReadonlyMap<string, string>;
}

/** The mode of a sink with an option. */
export interface ModesWith {
  readonly option: string;
  /** The option with a value, as a job writes it. */
  readonly written: string;
  readonly modes: readonly OutputMode[];
  /** What it holds then, and what would be wrong about rows of another mode. */
  readonly holds: string;
  readonly otherwise: string;
}

/** How often a row may come to those who read a sink. */
export type SinkDelivery = "exactly once" | "at least once";

/** What a sink can do. */
export interface SinkCapabilities {
  readonly options: readonly OptionSpec[];
  readonly formats: readonly string[];
  readonly modes: readonly OutputMode[];
  /** Constant options that decide the modes, where they are given and not `false`. */
  readonly modesWith?: readonly ModesWith[];
  readonly checkTogether?: CheckTogether;
  /** Whether it replaces rows by their key and can do nothing else: a changing result without a visible key is refused. */
  readonly upsertsOnly?: true;
  /** Row kinds that it can take. */
  readonly takes: readonly ("+I" | "+U" | "-D" | "-U")[];
  readonly delivery: SinkDelivery;
  /** How a batch is shown once, where it is: `in transactions`. */
  readonly exactlyOnceBy?: string;
  /** Whether a query into it may run without a kept checkpoint. */
  readonly needsCheckpoint: boolean;
  /** Whether it sends rows before a batch is at its end, as the trigger `continuous` needs. */
  readonly sendsAtOnce?: true;
  /** Whether it keeps the order of rows (an `order by` matters to it). */
  readonly ordered: boolean;
  /** A user's code that takes the rows, and is called with rows of a query only: no side output. */
  readonly isUserCode?: true;
  /** `<entry>` of `runtime/connectors/<entry>.ts`, where it is not the connector's name. */
  readonly entry?: string;
  /** Formats of the language that this version does not write. */
  readonly laterFormats?: readonly string[];
  readonly factory: string;
  /** Whether a row becomes a message, with options of the type `row`; without a format its columns are the parts of one. */
  readonly ofMessages?: true;
  /** The option that says how often a row may come, where the job can choose. */
  readonly deliveryOption?: string;
  /** As with sources. */
  readonly habits?: ReadonlyMap<string, string>;
}

export interface Connector {
  readonly name: string;
  readonly source?: SourceCapabilities;
  readonly sink?: SinkCapabilities;
}
