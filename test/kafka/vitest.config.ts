import { defineConfig } from "vitest/config";
import { fileURLToPath } from "node:url";
import { missingForBroker } from "./support/broker-jars.ts";

const missing = missingForBroker();
if (missing !== undefined && process.env["CI"] === undefined) process.stderr.write(`No tests with a broker: ${missing} is not on this machine\n`);

/** Tests with a real broker: `npm run kafka`. Without Java or Maven there is nothing to run, except under CI, where that is a failure. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: missing === undefined || process.env["CI"] !== undefined ? ["test/kafka/**/*.test.ts"] : [],
    passWithNoTests: missing !== undefined && process.env["CI"] === undefined,
    globalSetup: missing === undefined || process.env["CI"] !== undefined ? ["test/kafka/support/broker-for-all.ts"] : [],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    pool: "forks",
    maxWorkers: "100%",
  },
});
