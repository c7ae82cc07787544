import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describeSystemError, systemErrorCode } from "../../../runtime/errors/system-error.ts";
import type { Checked } from "../../compile.ts";
import { bundleModules } from "../bundle/bundle-modules.ts";
import { runtimeToBundle } from "../bundle/runtime-to-bundle.ts";
import { selfContainedPlugin } from "../bundle/self-contained-plugin.ts";
import { CliError } from "../cli-error.ts";
import { contentOf } from "../content-of.ts";
import { packageFolder } from "../package-folder.ts";
import type { JobFile } from "../read-job.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { shownPath } from "../shown-path.ts";
import { absoluteSpecifiers, runtimeUrl } from "../specifiers.ts";

/**
 * Writes a checked job with the runtime, the user's modules and their packages as one file that `node` runs, with the options of
 * `sluice run`. `out` is a path, or undefined for NAME.mjs in the working directory. The same sources and packages give the same bytes.
 */
export async function buildBundle(file: JobFile, checked: Checked, out: string | undefined, shell: Shell): Promise<number> {
  const name = checked.job?.name ?? "";
  const outfile = resolve(shell.directory, out ?? `${name}.mjs`);
  if (!outfile.endsWith(".mjs")) throw new CliError(`${out ?? outfile} is no name for a bundle: it is an ES module`, "let the name end in .mjs");
  const before = contentOf(outfile);
  if (before !== undefined && !before.startsWith("// Bundled from ")) throw new CliError(`${shownPath(outfile, shell)} was not made by sluice build --bundle, and is not overwritten`, "move it away, or name another file with -o");
  const { emitJob } = await import("../../emit.ts");
  const runtime = runtimeToBundle(shell);
  const files = emitJob(checked, absoluteSpecifiers(runtime, file));
  const hasTables = files.some(({ text }) => text.includes(JSON.stringify(runtimeUrl(runtime, "runtime/connectors/memory.ts"))));
  const bundle = await bundleModules({
    files,
    // A folder that is not there: beside the job may lie a module of its name.
    folder: join(dirname(file.absolute), ".sluice"),
    outfile,
    base: packageFolder(dirname(file.absolute)) ?? dirname(file.absolute),
    banner: `// Bundled from ${name}.sluice; change the job and run \`sluice build --bundle\`.`,
    maps: false,
    plugins: [selfContainedPlugin(hasTables)],
  });
  try {
    mkdirSync(dirname(outfile), { recursive: true });
    writeFileSync(outfile, bundle.text);
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : new CliError(`cannot write ${outfile}: ${describeSystemError(error)}`);
  }
  shell.stderr(`wrote ${shownPath(outfile, shell)}\n`);
  return exitCodes.success;
}
