import type { Checked, CompileOptions } from "../compile.ts";
import { DiagnosticBag } from "../diagnostics/bag.ts";
import type { EmittedFile } from "../emit.ts";
import type { EmittedSpark } from "../spark.ts";
import { checkJob } from "./check-job.ts";
import type { JobFile } from "./read-job.ts";

/** A job as Spark is given it. */
export interface CheckedForSpark extends Checked {
  /** Its program; none where there is an error. */
  readonly files: readonly EmittedFile[];
  /** What serves its imported functions. */
  readonly functions?: EmittedSpark["functions"] | undefined;
}

/** Compiles a file for Spark, emission with it: what cannot be carried over is known then. */
export async function checkForSpark(file: JobFile, onRule?: CompileOptions["onRule"]): Promise<CheckedForSpark> {
  const checked = checkJob(file, onRule, undefined, "spark");
  if (checked.job === undefined) return { ...checked, files: [] };
  const { emitSpark } = await import("../spark.ts");
  const { files, diagnostics, functions } = emitSpark(checked);
  const all = new DiagnosticBag();
  for (const diagnostic of [...checked.diagnostics, ...diagnostics]) all.add(diagnostic);
  return { ...checked, diagnostics: all.sorted(), files, functions };
}
