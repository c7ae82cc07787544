import { join } from "node:path";
import type { BuildOptions, Message, Plugin } from "esbuild";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { EmittedFile } from "../../emit.ts";
import { CliError } from "../cli-error.ts";
import { addressPlugin, jobPlugin } from "./job-plugin.ts";

export interface BundleSettings {
  /** The modules of a job; the first is what is run. */
  readonly files: readonly EmittedFile[];
  /** The folder that the modules are taken to be in, absolute; nothing needs to be there. */
  readonly folder: string;
  /** Where the bundle is to be, absolute. It is given back, not written. */
  readonly outfile: string;
  /** Paths in the bundle's comments are relative to it. */
  readonly base: string;
  /** First lines of the bundle. */
  readonly banner?: string;
  /** Whether a map to the modules is made, as `outfile` with `.map`. */
  readonly maps: boolean;
  readonly plugins: readonly Plugin[];
}

export interface Bundle {
  readonly text: string;
  readonly map: string | undefined;
  /** Every file that was read, absolute. */
  readonly inputs: readonly string[];
}

/** Packages of the runtime that cannot be taken in: native code, and one that reads a file beside it. A bundle imports them only when it meets what they compressed (R7744 where they are not there). */
const leftOut = ["snappy", "lz4-napi", "@bokuweb/zstd-wasm"];

/** What CommonJS packages expect of a module. A name of the module's own would clash with one that a job's function declares. */
const require = 'import { createRequire as createRequireOfBundle } from "node:module"; globalThis.require ??= createRequireOfBundle(import.meta.url);';

/** Makes one ES module of the modules of a job and of what they import. What cannot be taken in is a `CliError`. */
export async function bundleModules(settings: BundleSettings): Promise<Bundle> {
  const plain = await bundleOnce(settings, []);
  return /\b__require\b/.test(plain.text) ? bundleOnce(settings, [require]) : plain;
}

async function bundleOnce(settings: BundleSettings, prelude: readonly string[]): Promise<Bundle> {
  const { files, folder, outfile, base, maps } = settings;
  const { build } = await import("esbuild");
  const banner = [...(settings.banner === undefined ? [] : [settings.banner]), ...prelude].join("\n");
  const options = {
    absWorkingDir: base,
    entryPoints: [join(folder, files[0]?.name ?? "")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external: leftOut,
    keepNames: true,
    sourcemap: maps ? "linked" : false,
    sourcesContent: false,
    legalComments: "eof",
    banner: { js: banner },
    plugins: [jobPlugin(files, folder), ...settings.plugins, addressPlugin],
    logLevel: "silent",
    write: false,
    metafile: true,
  } satisfies BuildOptions;
  const result = await build(options).catch((error: unknown) => {
    throw failure(error, base);
  });
  const text = (ending: string): string | undefined => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text;
  const inputs = Object.keys(result.metafile.inputs).filter((path) => !path.includes(":")).map((path) => join(base, path));
  return { text: text(".mjs") ?? internalError("E9013", "esbuild gave no bundle"), map: text(".map"), inputs };
}

/** esbuild's first error, with its place. */
function failure(error: unknown, base: string): unknown {
  const messages: readonly Message[] = typeof error === "object" && error !== null && "errors" in error && Array.isArray(error.errors) ? error.errors : [];
  const [first] = messages;
  if (first === undefined) return error;
  const { location, text } = first;
  const place = location === null ? "" : `${join(base, location.file)}:${location.line}:${location.column + 1}: `;
  return new CliError(`${place}${text}`, helpOf(text));
}

function helpOf(text: string): string | undefined {
  if (text.startsWith("No loader is configured for")) return "only JavaScript can be taken in; sluice run leaves packages where they are, with such files";
  const missing = /Could not resolve "([^"]+)"/.exec(text)?.[1];
  if (missing === undefined) return undefined;
  return /^[./]/.test(missing) ? "check the path; it is relative to the module that imports it" : `install it: npm install ${missing}`;
}
