import { transformSync } from "esbuild";
import { compile } from "../../compiler/compile.ts";
import type { Checked } from "../../compiler/compile.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import { compileText, loadJob } from "./load-job.ts";

/** A job with the exports of the modules that it imports, by their specifiers. */
export interface UserJob {
  readonly job: JobDefinition;
  readonly modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Compiles and loads a job whose modules are texts, which import nothing. `known` is what they find as globals. */
export function userJob(text: string, files: Readonly<Record<string, string>>, known: Readonly<Record<string, unknown>> = {}): UserJob {
  const checked = compileText(text, { optimize: true, files: sourceFiles(files) });
  const modules = Object.fromEntries(Object.entries(files).map(([name, source]) => [name, evaluate(source, known)]));
  return { job: loadJob(checked, modules), modules };
}

/** The diagnostics of a job whose modules are texts: code, and the texts that its places stand for. */
export function userChecked(text: string, files: Readonly<Record<string, string>>): Checked {
  return compile("job.sluice", text, { files: sourceFiles(files), optimize: true });
}

function sourceFiles(files: Readonly<Record<string, string>>): { read(specifier: string): { readonly path: string; readonly text: string } | undefined } {
  return {
    read: (specifier) => {
      const text = files[specifier];
      return text === undefined ? undefined : { path: specifier, text };
    },
  };
}

function evaluate(source: string, known: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { code } = transformSync(source, { loader: "ts", format: "cjs", target: "es2023" });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  new Function("exports", "module", ...Object.keys(known), code)(module.exports, module, ...Object.values(known));
  return module.exports;
}
