import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { main } from "../../compiler/cli/main.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const jobs = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: folder }) =>
    readdirSync(join(root, "examples", folder))
      .filter((name) => name.endsWith(".sluice"))
      .map((name) => `examples/${folder}/${name}`),
  );

test("generated/ holds what the examples give now, and nothing else", async () => {
  const printed: string[] = [];
  const code = await main(["build", "--check", ...jobs], {
    directory: root,
    installation: root,
    color: false,
    stdout: (text) => void printed.push(text),
    stderr: (text) => void printed.push(text),
  });
  expect(code, printed.join("")).toBe(0);
  const names = new Set(jobs.map((job) => job.slice(job.lastIndexOf("/") + 1).replace(/\.sluice$/, "")));
  const strangers = readdirSync(join(root, "generated")).filter((name) => name !== "tsconfig.json" && !names.has(name.split(".")[0] ?? ""));
  expect(strangers).toEqual([]);
});
