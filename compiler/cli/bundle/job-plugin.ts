import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Loader, Plugin } from "esbuild";
import type { EmittedFile } from "../../emit.ts";

/** Lets esbuild read the modules of a job that are in no file: each as `folder/NAME`. */
export function jobPlugin(files: readonly EmittedFile[], folder: string): Plugin {
  const texts = new Map(files.map(({ name, text }) => [join(folder, name), text]));
  return {
    name: "job",
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ path, importer }) => (texts.has(importer) ? { path: join(folder, decodeURIComponent(path)) } : undefined));
      build.onResolve({ filter: /./ }, ({ kind, path }) => (kind === "entry-point" && texts.has(path) ? { path } : undefined));
      build.onLoad({ filter: /./, namespace: "file" }, ({ path }) => {
        const contents = texts.get(path);
        return contents === undefined ? undefined : { contents, loader: loaderOf(path), resolveDir: dirname(path) };
      });
    },
  };
}

/** Reads specifiers that are `file:` addresses as paths. */
export const addressPlugin: Plugin = {
  name: "addresses",
  setup(build) {
    build.onResolve({ filter: /^file:/ }, ({ path }) => ({ path: fileURLToPath(path) }));
  },
};

/** How esbuild reads a module, by the ending of its name. */
export function loaderOf(path: string): Loader {
  if (/\.[cm]?ts$/.test(path)) return "ts";
  return /\.[jt]sx$/.test(path) ? "tsx" : "js";
}
