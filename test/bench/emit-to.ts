/** Compiles a job for `load-job.ts`, in a process that ends before anything is measured: `emit-to.ts FOLDER NAME.sluice`, the text on the standard input. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../compiler/compile.ts";
import { emitJob } from "../../compiler/emit.ts";

const [folder, fileName] = process.argv.slice(2) as [string, string];
const checked = compile(fileName, readFileSync(0, "utf8"), { files: { read: () => undefined } });
const problem = checked.diagnostics.find(({ code }) => code.startsWith("E"));
if (problem !== undefined) throw new Error(`${fileName}: ${problem.code}: ${problem.message}`);
const root = new URL("../../", import.meta.url);
const runtimeSpecifier = (entry: string): string => new URL(entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`, root).href;
for (const { name, text } of emitJob(checked, { runtimeSpecifier, userSpecifier: (specifier) => specifier })) writeFileSync(join(folder, name), text);
