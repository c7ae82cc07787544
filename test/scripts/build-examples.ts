import { fileURLToPath } from "node:url";
import { main } from "../../compiler/cli/main.ts";
import { exampleJobs } from "./example-jobs.ts";

/** Builds every example into `generated/`; with `--check`, only says whether what is committed is current. */
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const codes: number[] = [];
for (const { out, jobs } of exampleJobs(root)) {
  const code = await main(["build", ...process.argv.slice(2), "--out", out, ...jobs], {
    directory: root,
    installation: root,
    color: false,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  });
  codes.push(code);
}
process.exitCode = Math.max(...codes);
