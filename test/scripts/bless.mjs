// Rewrites golden files from what the tests produce now: `npm run bless`, or `npm run bless -- PATTERN` for some of them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

if (process.env.CI !== undefined && process.env.CI !== "" && process.env.CI !== "false") {
  process.stderr.write("bless is refused in CI: goldens are changed by people, and reviewed\n");
  process.exit(1);
}
const root = fileURLToPath(new URL("../..", import.meta.url));
const result = spawnSync("npx", ["vitest", "run", "--config", "test/vitest.config.ts", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, BLESS: "1" },
});
spawnSync("git", ["status", "--short", "test", "generated", "examples"], { cwd: root, stdio: "inherit" });
process.exit(result.status ?? 1);
