import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { sparkSubmit } from "./support/spark-submit.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sluice-spark-submit-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("an example built for Spark runs by spark-submit, and answers as Node does", async () => {
  const built = await runCli(["build", "examples/activity/activity.sluice", "--target", "spark", "-o", folder]);
  expect(built.code, built.stderr).toBe(0);
  const question = ["--available-now", "--sql", "select * from activity_counts order by gt", "--json"];
  const onNode = await runCli(["run", "examples/activity/activity.sluice", ...question]);
  expect(onNode.stdout.split("\n").toSorted()).toEqual(readFileSync(join(root, "examples/activity/expected/activity_counts.jsonl"), "utf8").split("\n").toSorted());
  const { command, words, env } = sparkSubmit(folder);
  const child = spawn(command, [...words, join(folder, "activity.py"), ...question], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  await once(child, "close");
  const told = stderr.split("\n").filter((line) => !/^\d\d\/\d\d\/\d\d .* INFO /.test(line)).join("\n");
  expect(child.exitCode, told).toBe(0);
  expect(stdout, told).toBe(onNode.stdout);
});
