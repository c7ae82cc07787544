import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Packages that the built files import as they are; the others are in them. */
const external = ["ts-morph", "typescript", "tsx", "esbuild", "sql.js", "fast-json-stringify", "code-block-writer", "kafkajs", "avsc", "snappy", "lz4-napi", "@bokuweb/zstd-wasm"];

/** The connectors: a file beside a folder of the same name. */
function connectors(installation) {
  return readdirSync(join(installation, "runtime", "connectors"), { withFileTypes: true }).flatMap((item) => (item.isDirectory() ? [`runtime/connectors/${item.name}.ts`] : []));
}

/** What other programs import by path or by the package's exports. Whatever two of them share is there once, in `chunks/`. */
export function entriesOf(installation) {
  const runtime = ["formats/index", "testing/index", "host/node-host", "query/run-job", "reshard/reshard-job", "spark/worker/serve"];
  const top = readdirSync(join(installation, "runtime")).filter((name) => name.endsWith(".ts"));
  return ["compiler/index.ts", "compiler/cli/start.ts", ...top.map((name) => `runtime/${name}`), ...runtime.map((name) => `runtime/${name}.ts`), ...connectors(installation)];
}

/**
 * Makes JavaScript of the sources: `folder` then holds a `.js` for each entry, at the entry's path. It is what the package ships, since
 * Node reads no TypeScript below node_modules, and what the command line of a checkout runs, since it loads within 0.1 s.
 */
export async function buildInstallation(installation, folder) {
  await build({
    absWorkingDir: installation,
    entryPoints: entriesOf(installation),
    outdir: folder,
    outbase: installation,
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    external,
    keepNames: true,
    legalComments: "eof",
    logLevel: "silent",
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
}
