import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, inject, it } from "vitest";
import { runCli } from "../support/run-cli.ts";
import { SparkClient } from "./support/spark-client.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sluice-spark-sql-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("an emitted program answers SQL over its sinks as Node does", async () => {
  const built = await runCli(["build", "examples/activity/activity.sluice", "--target", "spark", "-o", folder]);
  expect(built.code, built.stderr).toBe(0);
  const question = ["--available-now", "--param", `measurements=${join(root, "examples/activity/data")}`, "--sql", "select * from activity_counts order by gt", "--json"];
  const onNode = await runCli(["run", "examples/activity/activity.sluice", ...question]);
  expect(onNode.stdout.split("\n").toSorted()).toEqual(readFileSync(join(root, "examples/activity/expected/activity_counts.jsonl"), "utf8").split("\n").toSorted());
  const onSpark = await new SparkClient(inject("spark")).run(join(folder, "activity.py"), question);
  expect(onSpark.code, onSpark.stderr).toBe(0);
  expect(onSpark.stdout).toBe(onNode.stdout);
});
