import { defineConfig } from "vitest/config";
import { fileURLToPath } from "node:url";
import { missingForSpark } from "./support/spark-venv.ts";

const missing = missingForSpark();
if (missing !== undefined && process.env["CI"] === undefined) process.stderr.write(`No tests with Spark: ${missing} is not on this machine\n`);

/** Tests with a real Spark: `npm run spark`. Without Python, Java or Maven there is nothing to run, except under CI, where that is a failure. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: missing === undefined || process.env["CI"] !== undefined ? ["test/spark/*.test.ts"] : [],
    passWithNoTests: missing !== undefined && process.env["CI"] === undefined,
    globalSetup: missing === undefined || process.env["CI"] !== undefined ? ["test/spark/support/spark-for-all.ts"] : [],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: "100%",
  },
});
