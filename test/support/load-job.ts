import ts from "typescript";
import { compile } from "../../compiler/compile.ts";
import type { Checked } from "../../compiler/compile.ts";
import { emitJob } from "../../compiler/emit.ts";
import * as memory from "../../runtime/connectors/memory.ts";
import * as queue from "../../runtime/connectors/queue.ts";
import * as runtime from "../../runtime/index.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import * as regex from "../../runtime/regex.ts";

const entries: Readonly<Record<string, unknown>> = { runtime, "runtime/regex": regex, "runtime/connectors/memory": memory, "runtime/connectors/queue": queue };

/** A job's text compiled; throws with the diagnostics where it has errors. */
export function compileText(text: string, options: { readonly optimize: boolean }): Checked {
  const checked = compile("job.sluice", text, { files: { read: () => undefined }, optimize: options.optimize });
  const errors = checked.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length > 0) throw new Error(`${text}\n${errors.map(({ code, message }) => `${code}: ${message}`).join("\n")}`);
  return checked;
}

/** Emits a compiled job and loads what was emitted, without writing a file; sources and sinks are queues and memory. */
export function loadJob(checked: Checked): JobDefinition {
  const files = emitJob(checked, { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier });
  const reader = run(files.find(({ name }) => name === "job.reader.ts")?.text ?? "", entries);
  // The last line starts the module when it is run by itself.
  const text = (files.find(({ name }) => name === "job.ts")?.text ?? "").replace(/^await runMain\(.*$/m, "");
  const module = run(text, { ...entries, "./job.reader.ts": reader });
  const { job } = module;
  if (job === undefined) throw new Error("the emitted module exports no job");
  return job as JobDefinition;
}

function run(text: string, modules: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 } });
  const exported: Record<string, unknown> = {};
  new Function("require", "exports", outputText)((name: string) => {
    if (!(name in modules)) throw new Error(`the emitted module imports ${name}`);
    return modules[name];
  }, exported);
  return exported;
}
