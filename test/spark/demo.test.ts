import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

function demo(...jobs: readonly string[]): Promise<{ readonly stdout: string }> {
  return promisify(execFile)(process.execPath, ["test/scripts/demo-spark.mjs", ...jobs], { cwd: root });
}

it("npm run demo:spark gives the same rows on Spark and in Node, as a stream and as a batch", async () => {
  const { stdout } = await demo();
  for (const job of ["web-log-stream", "activity"]) for (const how of ["--available-now", "--batch"]) expect(stdout).toContain(`spark-submit ${job}.py ${how}`);
  expect(stdout).toContain("spark-submit flights.py --batch");
  expect(stdout.match(/: the same (?:\d+ )?rows?$/gm)).toHaveLength(19);
  expect(stdout.match(/simple_transform: the same 1217 rows/g)).toHaveLength(2);
  expect(stdout).toContain("Spark and Node give the same rows in each of them.");
}, 600_000);

it("npm run demo:spark refuses a job that it does not have", async () => {
  await expect(demo("examples/activity/activity.sluice", "activity.sluice")).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("no job activity.sluice") });
});
