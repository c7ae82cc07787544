import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the demo ends by itself, with the same result from the stream and the batch", async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["test/scripts/demo.mjs"], { cwd: root });
  expect(stdout).toContain("── replies · batch 7 ──");
  expect(stdout).toContain("/countdown/liftoff.html   168");
  expect(stdout).toContain("Both runs give the same 1347 rows.");
});
