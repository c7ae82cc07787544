import { jobFiles } from "./job-files.ts";
import type { ProjectFile } from "./project-file.ts";
import { readme } from "./readme.ts";
import { toolFiles } from "./tool-files.ts";

/** What a new project is made with. */
export interface ProjectSettings {
  /** The name in its package.json. */
  readonly name: string;
  /** What it depends on as `sluice`: a range of versions, or the path or URL of a package. */
  readonly dependency: string;
}

/** All files of a new project short of the emitted modules, which `build` adds. */
export function projectFiles(settings: ProjectSettings): readonly ProjectFile[] {
  return [...toolFiles(settings.name, settings.dependency), ...jobFiles, { path: "README.md", text: readme(settings.name) }];
}

/** Characters that npm takes in a name. */
const longestName = 214;

/**
 * The name of the package for a folder: what npm takes, and not `sluice` itself, which could not depend on Sluice and whose modules
 * would import the runtime by path.
 */
export function packageName(folder: string): string {
  const name = folder.toLowerCase().replace(/[^a-z0-9._-]+/g, "-").slice(0, longestName).replace(/^[._-]+|[._-]+$/g, "");
  return name === "" || name === "sluice" || name === "node_modules" ? "sluice-jobs" : name;
}
