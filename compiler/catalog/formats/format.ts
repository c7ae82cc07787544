import type { DataType } from "../../ir/types/data-type.ts";
import type { OptionSpec } from "../connectors/connector.ts";

/** A format of records, wherever they come from or go. Its options are constants: readers are written for them. */
export interface Format {
  readonly name: string;
  /** Options of reading. */
  readonly reading: readonly OptionSpec[];
  /** Those of them that make sense only where a source has files: a socket's records have no header. */
  readonly ofFiles: ReadonlySet<string>;
  /** Those that make sense only where records are messages: files say themselves what they were written with. */
  readonly ofMessages?: ReadonlySet<string>;
  /** Those that may be known at start only: how another machine is reached. */
  readonly atStart?: ReadonlySet<string>;
  /** Options of writing. */
  readonly writing: readonly OptionSpec[];
  /** Why a column of a type cannot be read or written, as the end of “the format csv …”; undefined where it can. */
  readonly lacks?: (type: DataType) => string | undefined;
  /** Why a column cannot be written under its name, or a field in it under its own, likewise. */
  readonly lacksName?: (name: string, type: DataType) => string | undefined;
}
