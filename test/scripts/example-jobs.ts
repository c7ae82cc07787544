import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Jobs that are built into one folder, by their paths in the repository. */
export interface JobsOfFolder {
  readonly out: string;
  readonly jobs: readonly string[];
}

/** The examples whose jobs are many, or have names that say nothing by themselves: they have a folder of their own in `generated/`. */
const ownFolder: ReadonlySet<string> = new Set(["nexmark"]);

/** Every job of `examples/`, by the folder that it is built into. */
export function exampleJobs(root: string): readonly JobsOfFolder[] {
  const folders = readdirSync(join(root, "examples"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const jobsOf = (folder: string): readonly string[] =>
    readdirSync(join(root, "examples", folder))
      .filter((name) => name.endsWith(".sluice"))
      .map((name) => `examples/${folder}/${name}`)
      .sort();
  return [
    { out: "generated", jobs: folders.filter((folder) => !ownFolder.has(folder)).flatMap(jobsOf) },
    ...folders.filter((folder) => ownFolder.has(folder)).map((folder) => ({ out: `generated/${folder}`, jobs: jobsOf(folder) })),
  ];
}
