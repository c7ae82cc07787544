import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { JobDefinition } from "../../runtime/query/definition.ts";

/** Compiles a job and loads the emitted modules from files, as a deployed one is loaded: the compiler is not on the heap beside it. */
export async function loadJob(name: string, text: string): Promise<JobDefinition> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    execFileSync(process.execPath, [...process.execArgv, fileURLToPath(new URL("emit-to.ts", import.meta.url)), folder, `${name}.sluice`], { input: text, stdio: ["pipe", "inherit", "inherit"] });
    const module = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { readonly job: JobDefinition };
    return module.job;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
