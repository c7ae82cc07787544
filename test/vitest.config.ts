import { defineConfig } from "vitest/config";
import { fileURLToPath } from "node:url";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["test/**/*.test.ts", "examples/**/*.test.ts"],
    // They need a broker (`npm run kafka`), or a Spark (`npm run spark`).
    exclude: ["test/kafka/**", "test/spark/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "threads",
    // Every core: nothing here waits for another process of ours.
    maxWorkers: "100%",
    // Files of one worker share their modules: to load the compiler for each took a fifth of the time. No test may leave anything behind in one.
    isolate: false,
  },
});
