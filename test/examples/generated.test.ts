import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { main } from "../../compiler/cli/main.ts";
import { exampleJobs } from "../scripts/example-jobs.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

test.each(exampleJobs(root))("$out/ holds what the examples give now, and nothing else", async ({ out, jobs }) => {
  const printed: string[] = [];
  const code = await main(["build", "--check", "--out", out, ...jobs], {
    directory: root,
    installation: root,
    color: false,
    stdout: (text) => void printed.push(text),
    stderr: (text) => void printed.push(text),
  });
  expect(code, printed.join("")).toBe(0);
  const names = new Set(jobs.map((job) => job.slice(job.lastIndexOf("/") + 1).replace(/\.sluice$/, "")));
  const strangers = readdirSync(join(root, out), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => name !== "tsconfig.json" && !names.has(name.split(".")[0] ?? ""));
  expect(strangers).toEqual([]);
});
