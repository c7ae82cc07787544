import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("the demo with a broker ends by itself: killed in the middle, the topic holds what the batch over the files gives", async () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["test/scripts/demo-kafka.mjs"], { cwd: root, timeout: 170_000 });
  expect(stdout).toMatch(/Killed; \d+ messages of the ranking are committed/);
  expect(stdout).toContain("1  /countdown/liftoff.html            168");
  expect(stdout).toContain("The topic holds the 500 rows of the batch over the files, each once; 2 broken lines are in broken-lines.");
}, 180_000);
