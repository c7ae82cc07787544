import { readFileSync } from "node:fs";
import { compile } from "../compiler/compile.ts";
import { emitJob } from "../compiler/emit.ts";
import { filesBeside } from "./support/analyze-text.ts";
import { renderDiagnostics } from "../compiler/diagnostics/render-text.ts";
for (const path of process.argv.slice(2)) {
  const checked = compile(path, readFileSync(path, "utf8"), { files: filesBeside(path) });
  console.log(path, renderDiagnostics(checked.diagnostics, checked.source) || "ok");
  if (checked.job !== undefined) for (const file of emitJob(checked, { runtimeSpecifier: (n: string) => `../runtime/${n}.ts`, userSpecifier: (s: string) => s } as never)) console.log("=====", file.name, "\n" + file.text);
}
