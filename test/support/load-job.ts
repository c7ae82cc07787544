import { createRequire } from "node:module";
import { transformSync } from "esbuild";
import { compile } from "../../compiler/compile.ts";
import type { Checked } from "../../compiler/compile.ts";
import { emitJob } from "../../compiler/emit.ts";
import type { SourceFiles } from "../../compiler/2-analyze/source-files.ts";
import * as avro from "../../runtime/avro.ts";
import * as parquet from "../../runtime/parquet.ts";
import * as console from "../../runtime/connectors/console.ts";
import * as custom from "../../runtime/connectors/custom.ts";
import * as discard from "../../runtime/connectors/discard.ts";
import * as file from "../../runtime/connectors/file.ts";
import * as foreach from "../../runtime/connectors/foreach.ts";
import * as foreachBatch from "../../runtime/connectors/foreach-batch.ts";
import * as kafka from "../../runtime/connectors/kafka.ts";
import * as memory from "../../runtime/connectors/memory.ts";
import * as queue from "../../runtime/connectors/queue.ts";
import * as rate from "../../runtime/connectors/rate.ts";
import * as socket from "../../runtime/connectors/socket.ts";
import * as runtime from "../../runtime/index.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import * as regex from "../../runtime/regex.ts";

const entries: Readonly<Record<string, unknown>> = {
  runtime,
  "runtime/avro": avro,
  "runtime/parquet": parquet,
  "runtime/regex": regex,
  "runtime/connectors/console": console,
  "runtime/connectors/custom": custom,
  "runtime/connectors/discard": discard,
  "runtime/connectors/file": file,
  "runtime/connectors/foreach": foreach,
  "runtime/connectors/foreach-batch": foreachBatch,
  "runtime/connectors/kafka": kafka,
  "runtime/connectors/memory": memory,
  "runtime/connectors/queue": queue,
  "runtime/connectors/rate": rate,
  "runtime/connectors/socket": socket,
};

/** A job's text compiled; throws with the diagnostics where it has errors. `files` are the modules that it imports. */
export function compileText(text: string, options: { readonly optimize: boolean; readonly files?: SourceFiles }): Checked {
  const checked = compile("job.sluice", text, { files: options.files ?? { read: () => undefined }, optimize: options.optimize });
  const errors = checked.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length > 0) throw new Error(`${text}\n${errors.map(({ code, message }) => `${code}: ${message}`).join("\n")}`);
  return checked;
}

/** Emits a compiled job and loads what was emitted, without writing a file. `modules` are the imported ones, by the specifiers of the job. */
export function loadJob(checked: Checked, modules: Readonly<Record<string, unknown>> = {}): JobDefinition {
  const files = emitJob(checked, { runtimeSpecifier: (entry) => entry, userSpecifier: (specifier) => specifier });
  const reader = run(files.find(({ name }) => name === "job.reader.ts")?.text ?? "", entries);
  // The last line starts the module when it is run by itself.
  const text = (files.find(({ name }) => name === "job.ts")?.text ?? "").replace(/^await runMain\(.*$/m, "");
  const module = run(text, { ...entries, ...modules, "./job.reader.ts": reader, "./job.serializer.cjs": runSerializer(files.find(({ name }) => name === "job.serializer.cjs")?.text) });
  const { job } = module;
  if (job === undefined) throw new Error("the emitted module exports no job");
  return job as JobDefinition;
}

function run(text: string, modules: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { code } = transformSync(text, { loader: "ts", format: "cjs", target: "es2023" });
  const module = { exports: {} };
  new Function("require", "exports", "module", code)((name: string) => {
    if (!(name in modules)) throw new Error(`the emitted module imports ${name}`);
    return modules[name];
  }, module.exports, module);
  return module.exports;
}

function runSerializer(text: string | undefined): Readonly<Record<string, unknown>> {
  const exported: Record<string, unknown> = {};
  if (text !== undefined) new Function("require", "exports", text)(createRequire(import.meta.url), exported);
  return exported;
}
