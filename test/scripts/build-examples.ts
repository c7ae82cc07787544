import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../../compiler/cli/main.ts";

/** Builds every example into `generated/`; with `--check`, only says whether what is committed is current. */
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const jobs = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((entry) => readdirSync(join(root, "examples", entry.name)).filter((name) => name.endsWith(".sluice")).map((name) => join("examples", entry.name, name)))
  .sort();
process.exitCode = await main(["build", ...process.argv.slice(2), ...jobs], {
  directory: root,
  installation: root,
  color: false,
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
});
