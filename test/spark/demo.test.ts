import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("npm run demo:spark gives the same rows on Spark and in Node, as a stream and as a batch", async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["test/scripts/demo-spark.mjs", "examples/activity/activity.sluice"], { cwd: root });
  expect(stdout.match(/simple_transform: the same 1217 rows/g)).toHaveLength(2);
  expect(stdout).toContain("Spark and Node give the same rows in each of them.");
}, 600_000);
