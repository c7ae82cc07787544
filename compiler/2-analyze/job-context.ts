import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ColumnId } from "../ir/expr/expr.ts";
import type { Input } from "../ir/logical/input.ts";
import type { Param } from "../ir/logical/job.ts";
import type { TypeNames } from "./declarations/resolve-type.ts";
import type { SourceFiles } from "./source-files.ts";
import type { Declarations } from "./declarations/declarations.ts";
import type { UserFunctions } from "./user-functions/user-functions.ts";

/** What all parts of one analysis share. It lives for one call of `analyze`. */
export interface JobContext {
  /** The id of the job's time zone. */
  readonly timezone: string;
  readonly declarations: Declarations;
  readonly functions: UserFunctions;
  /** Checked params by name; a param with a broken type has the type `error`. */
  readonly params: ReadonlyMap<string, Param>;
  /** Types and schemas by name. */
  readonly types: TypeNames;
  /** A checked source or table; undefined where it is broken (and that is reported). */
  readonly inputs: ReadonlyMap<string, Input | undefined>;
  /** Files beside the job's: schema files. */
  readonly files: SourceFiles;
  /** Whether a name stands anywhere in the job. */
  mentions(name: string): boolean;
  /** Makes an id for a new column. */
  newColumn(): ColumnId;
  report(diagnostic: Diagnostic): void;
}
