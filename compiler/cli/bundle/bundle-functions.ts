import { dirname, join } from "node:path";
import type { EmittedFile } from "../../emit.ts";
import type { EmittedSpark } from "../../spark.ts";
import { packageFolder } from "../package-folder.ts";
import type { JobFile } from "../read-job.ts";
import type { Shell } from "../shell.ts";
import { absoluteSpecifiers } from "../specifiers.ts";
import { bundleModules } from "./bundle-modules.ts";

/** The imported functions of a job for Spark, with their packages and what serves them, as one module that `node` runs. The same sources give the same bytes. */
export async function bundleFunctions(functions: NonNullable<EmittedSpark["functions"]>, file: JobFile, place: Pick<Shell, "installation" | "built">): Promise<EmittedFile> {
  const folder = dirname(file.absolute);
  const bundle = await bundleModules({
    files: [functions.module(absoluteSpecifiers(place, file))],
    // A folder that is not there: beside the job may lie a module of its name.
    folder: join(folder, ".sluice"),
    outfile: join(folder, ".sluice", functions.name),
    base: packageFolder(folder) ?? folder,
    banner: `// Emitted by \`sluice build --target spark\`: change the job or its functions and build again.`,
    maps: false,
    plugins: [],
  });
  return { name: functions.name, text: bundle.text };
}
