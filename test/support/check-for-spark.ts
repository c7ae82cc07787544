import { compile, type Checked } from "../../compiler/compile.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import type { EmittedFile } from "../../compiler/emit.ts";
import { emitSpark } from "../../compiler/spark.ts";
import { filesBeside } from "./analyze-text.ts";

/** A job's text after all phases for the target spark. Without files where anything is an error. */
export interface CheckedForSpark extends Checked {
  readonly files: readonly EmittedFile[];
}

/** Compiles a job's text for Spark; `path` is where its imports are looked up, and its name in messages is `name`. */
export function checkForSpark(text: string, path = "job.sluice", name = path): CheckedForSpark {
  const checked = compile(name, text, { files: filesBeside(path), target: "spark" });
  if (checked.job === undefined) return { ...checked, files: [] };
  const { files, diagnostics } = emitSpark(checked);
  return { ...checked, diagnostics: sorted([...checked.diagnostics, ...diagnostics]), files };
}

function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.primary.span.start - b.primary.span.start);
}
