import { dirname, join } from "node:path";
import type { EmittedFile } from "../../emit.ts";
import type { EmittedSpark } from "../../spark.ts";
import { packageFolder } from "../package-folder.ts";
import type { JobFile } from "../read-job.ts";
import type { Shell } from "../shell.ts";
import { absoluteSpecifiers } from "../specifiers.ts";
import { bundleModules } from "./bundle-modules.ts";

/** Before the first line of a module: stdout is the worker's channel for answers (`standardStreams`), and what a module prints while it is loaded is none. No name of the module's own may stand in the way. */
const printsToStderr = "globalThis.process.stdout.write = globalThis.process.stderr.write.bind(globalThis.process.stderr);";

/** The imported functions of a job for Spark, with their packages and what serves them, as one module that `node` runs. The same sources give the same bytes. */
export async function bundleFunctions(functions: NonNullable<EmittedSpark["functions"]>, file: JobFile, place: Pick<Shell, "installation" | "built">): Promise<EmittedFile> {
  const folder = dirname(file.absolute);
  const bundle = await bundleModules({
    files: [functions.module(absoluteSpecifiers(place, file))],
    // A folder that is not there: beside the job may lie a module of its name.
    folder: join(folder, ".sluice"),
    outfile: join(folder, ".sluice", functions.name),
    base: packageFolder(folder) ?? folder,
    banner: `// Emitted by \`sluice build --target spark\`: change the job or its functions and build again.\n${printsToStderr}`,
    maps: false,
    plugins: [],
  });
  return { name: functions.name, text: bundle.text };
}
