import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const python = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]);
const hasPython = python.status === 0;
if (!hasPython) console.warn("the tests of sluice_spark.py are left out: there is no python3 of version 3.9 or later");

test.runIf(hasPython || process.env["CI"] === "true")("sluice_spark.py passes its own tests", () => {
  const run = spawnSync("python3", [fileURLToPath(new URL("sluice_spark_test.py", import.meta.url))], { encoding: "utf8" });
  expect(run.stderr).toContain("\nOK");
  expect(run.status).toBe(0);
});
