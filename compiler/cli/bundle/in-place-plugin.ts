import { readFileSync } from "node:fs";
import { dirname, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { loaderOf } from "./job-plugin.ts";

/**
 * For modules that run where they were built and nowhere else: the runtime (whatever lies in one of `shared`, so that there is one of
 * each of its classes) and packages stay where they are and are imported by their absolute address, and the user's modules see themselves where
 * they were written (`import.meta.url`).
 */
export function inPlacePlugin(shared: readonly string[]): Plugin {
  const isShared = (path: string): boolean => shared.some((folder) => path.startsWith(`${folder}${sep}`));
  return {
    name: "in place",
    setup(build) {
      build.onResolve({ filter: /^file:/ }, ({ path }) => (isShared(fileURLToPath(path)) ? { path, external: true } : undefined));
      build.onResolve({ filter: /^[^./\\]/ }, ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === resolving || kind === "entry-point" || /^(?:file|node):/.test(path)) return undefined;
        return resolvePackage(build, path, { kind, importer, resolveDir });
      });
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        const text = readFileSync(path, "utf8");
        if (!/\bimport\.meta\b|\b__(?:dir|file)name\b/.test(text)) return undefined;
        const { code } = await build.esbuild.transform(text, { loader: loaderOf(path), sourcefile: path, sourcemap: "inline", define: ownPlace(path) });
        return { contents: code, loader: "js", resolveDir: dirname(path) };
      });
    },
  };
}

/** Marks the plugin's own questions. */
const resolving = Symbol("resolving");

/** A package's file is imported by its address; one that is linked to sources elsewhere is taken in. */
async function resolvePackage(build: PluginBuild, path: string, from: { readonly kind: "import-statement" | "require-call" | "dynamic-import" | "require-resolve" | "import-rule" | "composes-from" | "url-token" | "entry-point"; readonly importer: string; readonly resolveDir: string }): Promise<OnResolveResult> {
  const found = await build.resolve(path, { ...from, pluginData: resolving });
  if (found.errors.length > 0) return { errors: found.errors };
  if (found.external) return { path: found.path, external: true };
  if (!found.path.split(sep).includes("node_modules") && /\.[cm]?tsx?$/.test(found.path)) return { path: found.path };
  return { path: from.kind === "require-call" ? found.path : pathToFileURL(found.path).href, external: true };
}

function ownPlace(path: string): Record<string, string> {
  const [url, file, folder] = [pathToFileURL(path).href, path, dirname(path)].map((text) => JSON.stringify(text));
  return { "import.meta.url": url ?? "", "import.meta.filename": file ?? "", "import.meta.dirname": folder ?? "", __filename: file ?? "", __dirname: folder ?? "" };
}
