import type { PlacedDiagnostic } from "../diagnostics/diagnostic.ts";
import type { LogicalJob } from "../ir/logical/job.ts";
import type { Span } from "../source/span.ts";
import type { SparkFunctions } from "./functions/spark-functions.ts";

/** What the writers of a program share. */
export interface SparkContext {
  readonly job: LogicalJob;
  /** Tells what cannot be carried over, or is done otherwise. Writing goes on with a stand-in; a program with errors is not written. */
  tell(diagnostic: PlacedDiagnostic): void;
  /** The place to point at where a node has none of its own: the query's. */
  readonly at: Span;
  /** The imported functions of the program; undefined where none can be called. */
  readonly functions?: SparkFunctions;
}
