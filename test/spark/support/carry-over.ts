import { fileURLToPath } from "node:url";
import { bundleFunctions } from "../../../compiler/cli/bundle/bundle-functions.ts";
import { compile, type Checked, type CompileOptions } from "../../../compiler/compile.ts";
import type { EmittedFile } from "../../../compiler/emit.ts";
import { emitSpark, type EmittedSpark } from "../../../compiler/spark.ts";
import { filesBeside } from "../../support/analyze-text.ts";
import { keepQueries, queryNames } from "./keep-queries.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url));

/** What Spark is given of a job. */
export interface CarriedOver {
  /** The codes for which a query is refused, by its name. */
  readonly refused: ReadonlyMap<string, readonly string[]>;
  /** The job with the other queries, for both targets; undefined where none is left. */
  readonly rest: { readonly checked: Checked; readonly program: readonly EmittedFile[]; readonly functions?: EmittedSpark["functions"] | undefined } | undefined;
}

/** Emits a job for Spark, its queries one by one where it is refused as a whole. Throws where the job is wrong for Node too. */
export function carryOver(path: string, text: string): CarriedOver {
  const whole = checkedJob(path, text);
  const names = queryNames(whole);
  const program = programOf(path, text);
  if (program.codes.length === 0) return { refused: new Map(), rest: { checked: whole, program: program.files, functions: program.functions } };
  const refused = new Map<string, readonly string[]>();
  for (const name of names) {
    const codes = names.length === 1 ? program.codes : codesOfOne(path, keepQueries(whole, new Set([name]))) ?? program.codes;
    if (codes.length > 0) refused.set(name, codes);
  }
  const left = names.filter((name) => !refused.has(name));
  if (left.length === 0) return { refused, rest: undefined };
  const textLeft = keepQueries(whole, new Set(left));
  const { files, codes, functions } = programOf(path, textLeft);
  // What is wrong only with several queries together, as `sinks = "together"`.
  if (codes.length > 0) return { refused: new Map([...refused, ...left.map((name) => [name, codes] as const)]), rest: undefined };
  return { refused, rest: { checked: checkedJob(path, textLeft), program: files, functions } };
}

/** The program with the bundle of its imported functions. */
export async function wholeProgram({ program, functions }: NonNullable<CarriedOver["rest"]>, path: string): Promise<readonly EmittedFile[]> {
  return functions === undefined ? program : [...program, await bundleFunctions(functions, { path, absolute: path, text: "" }, { installation })];
}

interface OwnProgram {
  readonly files: readonly EmittedFile[];
  readonly functions: EmittedSpark["functions"];
  readonly codes: readonly string[];
}

/** Undefined where a query can be compiled only with those beside it: then it is refused as the whole job is. */
function codesOfOne(path: string, text: string): readonly string[] | undefined {
  return compile("job.sluice", text, { files: filesBeside(path) }).job === undefined ? undefined : programOf(path, text).codes;
}

function programOf(path: string, text: string): OwnProgram {
  const checked = checkedJob(path, text, { target: "spark" });
  const { files, diagnostics, functions } = emitSpark(checked);
  const codes = [...new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code))].sort();
  if (codes.length === 0 && files.length === 0) throw new Error(`neither a program nor an error:\n${text}`);
  return { files, functions, codes };
}

function checkedJob(path: string, text: string, options: Partial<CompileOptions> = {}): Checked {
  const checked = compile("job.sluice", text, { files: filesBeside(path), ...options });
  if (checked.job === undefined) throw new Error(`${text}\n${checked.diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n")}`);
  return checked;
}
