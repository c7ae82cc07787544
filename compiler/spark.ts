import type { Checked } from "./compile.ts";
import type { EmittedFile, EmitSettings } from "./emit.ts";
import { emitFunctions } from "./5-emit/emit-functions.ts";
import { emitProgram, functionsFile } from "./5-spark/emit-program.ts";
import { internalError } from "./diagnostics/internal-error.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";

/** What the target Spark makes of a job: the program, and what is to be told. Where there is an error, no files. */
export interface EmittedSpark {
  readonly files: readonly EmittedFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The TypeScript module that serves the imported functions, which belongs bundled as `name` beside the program; undefined where it calls none. */
  readonly functions?: { readonly name: string; readonly module: (settings: EmitSettings) => EmittedFile };
}

/** `NAME.py` of a checked job. Beside it belong `sluice_spark.py` and `requirements.txt`, which are the same for every job. */
export function emitSpark(checked: Checked): EmittedSpark {
  const { job, source, program } = checked;
  if (job === undefined) return internalError("E9008", "a job with errors reached emission");
  const { text, diagnostics, functions } = emitProgram(job, checked.queries.map(({ optimized }) => optimized), program, source);
  if (diagnostics.some(({ severity }) => severity === "error")) return { files: [], diagnostics };
  const files = [{ name: `${job.name}.py`, text }];
  if (functions.length === 0) return { files, diagnostics };
  const called = functions.map(({ name, ...rest }) => ({ ...rest, name: name.text }));
  const module = (settings: EmitSettings): EmittedFile => ({ name: "functions.ts", text: emitFunctions(called, job.functions, job.options.timezone, settings) });
  return { files, diagnostics, functions: { name: functionsFile(job), module } };
}
