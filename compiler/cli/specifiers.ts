import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { EmitSettings } from "../emit.ts";
import { isSluice, packageFolder } from "./package-folder.ts";
import type { JobFile } from "./read-job.ts";
import type { Shell } from "./shell.ts";

/** Where the runtime is. */
type Place = Pick<Shell, "installation" | "built">;

/**
 * How modules in `out` name what they import: the user's modules relative to `out`; the runtime by path in a checkout of Sluice
 * (`../runtime/index.ts`, `../runtime/connectors/file.ts`) and by package elsewhere (`sluice/runtime`,
 * `sluice/runtime/connectors/file`).
 */
export function specifiersIn(out: string, file: JobFile): EmitSettings {
  const home = packageFolder(out);
  return {
    userSpecifier: (specifier) => relativeSpecifier(out, resolve(dirname(file.absolute), specifier)),
    runtimeSpecifier: (entry) => (home !== undefined && isSluice(home) ? relativeSpecifier(out, join(home, runtimeFile(entry))) : `sluice/${entry}`),
  };
}

/** The same for a module that is run where it was built and nowhere else: everything by its absolute address. */
export function absoluteSpecifiers(place: Place, file: JobFile): EmitSettings {
  return {
    userSpecifier: (specifier) => pathToFileURL(resolve(dirname(file.absolute), specifier)).href,
    runtimeSpecifier: (entry) => runtimeUrl(place, runtimeFile(entry)),
  };
}

/** The address of a source of the runtime (`runtime/query/run-job.ts`) as it is loaded: the JavaScript made of it, where there is any. */
export function runtimeUrl({ built, installation }: Place, source: string): string {
  return pathToFileURL(built === undefined ? join(installation, source) : join(built, source.replace(/\.ts$/, ".js"))).href;
}

function runtimeFile(entry: string): string {
  return entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`;
}

/** How a module in a folder names a file by its way from there. */
export function relativeSpecifier(from: string, to: string): string {
  const path = relative(from, to).replaceAll("\\", "/");
  if (isAbsolute(path)) return pathToFileURL(to).href;
  // A specifier is read as a URL: these characters of a file's name would end its path, or be taken for an escape.
  const specifier = path.replace(/[%?#]/g, encodeURIComponent);
  return specifier.startsWith(".") ? specifier : `./${specifier}`;
}
