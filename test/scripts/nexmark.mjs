// Nexmark over many cuts of its input: `npm run nexmark`, or `npm run nexmark -- SPLITS SEED`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [splits = "50", seed] = process.argv.slice(2);
const result = spawnSync("npx", ["vitest", "run", "--config", "test/vitest.config.ts", "test/examples/nexmark.test.ts"], {
  cwd: fileURLToPath(new URL("../..", import.meta.url)),
  stdio: "inherit",
  env: { ...process.env, NEXMARK_SPLITS: splits, ...(seed === undefined ? {} : { NEXMARK_SEED: seed }) },
});
process.exit(result.status ?? 1);
