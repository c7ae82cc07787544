import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkShards } from "../4-plan/check-shards.ts";
import type { Checked } from "../compile.ts";
import { emitJob } from "../emit.ts";
import { bundleModules } from "./bundle/bundle-modules.ts";
import { inPlacePlugin } from "./bundle/in-place-plugin.ts";
import { checkJob } from "./check-job.ts";
import { makeCacheFolder, type CompiledJob } from "./job-cache.ts";
import { above, packageFolder } from "./package-folder.ts";
import { hasErrors, printDiagnostics } from "./print-diagnostics.ts";
import type { JobFile } from "./read-job.ts";
import type { Shell } from "./shell.ts";
import { absoluteSpecifiers } from "./specifiers.ts";
import { bySink, type SinkWarning } from "./warnings-of.ts";

/**
 * Compiles a job to one module of JavaScript that imports the runtime and packages by their absolute addresses, and keeps it. What is
 * found is printed where it has errors; undefined then.
 */
export async function compileForRun(file: JobFile, shell: Shell): Promise<CompiledJob | undefined> {
  const read: string[] = [];
  const checked = checkJob(file, undefined, (path) => read.push(path));
  const { diagnostics, program } = checked;
  if (hasErrors(diagnostics) || checked.job === undefined) {
    printDiagnostics(checked, shell);
    return undefined;
  }
  // Of sinks that are together each warning concerns the one query.
  const warnings = bySink(diagnostics, program).map((warning) => (checked.together === undefined ? warning : { ...warning, sink: null }));
  const shards = shardRefusals(checked);
  const modules = emitJob(checked, absoluteSpecifiers(shell, file));
  const cache = makeCacheFolder(file, shell);
  const { folder } = cache;
  const shared = [join(shell.installation, "runtime"), ...(shell.built === undefined ? [] : [shell.built])];
  const outfile = join(folder, "job.mjs");
  const bundle = await bundleModules({ files: modules, folder, outfile, base: dirname(file.absolute), maps: true, plugins: [inPlacePlugin(shared)] }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  for (const { name, text } of [...modules, { name: "job.mjs", text: bundle.text }, { name: "job.mjs.map", text: bundle.map ?? "" }]) writeFileSync(join(folder, name), text);
  const imported = bundle.inputs.filter((path) => dirname(path) !== folder);
  const importsModules = checked.program.statements.some(({ kind }) => kind === "Import");
  return cache.keep([...read, ...imported, ...(importsModules ? surroundings(dirname(file.absolute)) : [])], { warnings, shards });
}

/** Why queries cannot be divided into shards, by their names; of sinks that are together every reason concerns the one query. */
function shardRefusals({ queries, together }: Checked): readonly SinkWarning[] {
  return queries.flatMap((query) => checkShards([query]).map((found) => ({ sink: together === undefined ? query.analyzed.name : null, diagnostic: found.plain() })));
}

/** Files that say how the imports of a user's modules are read: settings of TypeScript, of the package, and what is installed. */
function surroundings(jobFolder: string): readonly string[] {
  const settings = above(jobFolder, "tsconfig.json");
  const home = packageFolder(jobFolder);
  const modules = above(jobFolder, "node_modules");
  return [
    ...(settings === undefined ? [] : [join(settings, "tsconfig.json")]),
    ...(home === undefined ? [] : [join(home, "package.json")]),
    ...(modules === undefined ? [] : [join(modules, "node_modules", ".package-lock.json")]),
  ];
}
