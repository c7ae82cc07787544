// `prepack`: makes what the package ships in dist/, JavaScript for Node and declarations for TypeScript, from the sources as they are.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildInstallation } from "../../compiler/cli/build-installation.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const dist = join(root, "dist");
rmSync(dist, { recursive: true, force: true });
await buildInstallation(root, dist);

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, "test", "scripts", "package.tsconfig.json")], { stdio: ["ignore", 2, 2] });
if (status !== 0) process.exit(status ?? 1);

// Declarations name each other as the sources do; in the package there are none.
for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".d.ts")) continue;
  const path = join(dist, name);
  const text = readFileSync(path, "utf8");
  const changed = text.replace(/((?:\bfrom|^import|\bimport\() ?"\.{1,2}\/[^"]*)\.ts"/gm, '$1.js"');
  if (changed !== text) writeFileSync(path, changed);
}
