import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";

const directory = mkdtempSync(join(tmpdir(), "sluice-reshard-"));
writeFileSync(join(directory, "job.sluice"), 'source events: { user: string } from kafka("localhost:9", subscribe: "events", format: "json", partitionedBy: "user")\nsink out = events into console()\n');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function sluice(...words: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let [stdout, stderr] = ["", ""];
  const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
  const code = await main(words, { directory, installation, color: false, stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text) });
  return { code, stdout, stderr };
}

it("says how it is called", async () => {
  const { code, stdout } = await sluice("reshard", "--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^sluice reshard FILE --checkpoint DIR --from N --to M \[options\]\n/);
  for (const option of ["checkpoint", "from", "to", "query", "param", "help"]) expect(stdout).toContain(`--${option}`);
  expect((await sluice("--help")).stdout).toContain("reshard FILE --from N --to M …");
});

it.each([
  [[], "no job whose checkpoints are to be divided"],
  [["job.sluice", "--from", "1", "--to", "2"], "--checkpoint is missing"],
  [["job.sluice", "--checkpoint", "c", "--to", "2"], "--from is missing"],
  [["job.sluice", "--checkpoint", "c", "--from", "2", "--from", "3", "--to", "2"], "--from is given twice"],
  [["job.sluice", "--checkpoint", "c", "--from", "two", "--to", "2"], "--from two is no number of shards"],
  [["job.sluice", "--checkpoint", "c", "--from", "2", "--to", "2"], "--from and --to are both 2"],
  [["job.sluice", "other.sluice", "--checkpoint", "c", "--from", "2", "--to", "1"], "reshard takes one file, and other.sluice is a second"],
  [["job.sluice", "--checkpoint", "c", "--from", "2", "--into", "1"], "there is no option --into"],
  [["job.sluice", "--checkpoint", "c", "--from", "2", "--to", "1", "--param", "x"], "--param x gives no value"],
  [["job.sluice", "--checkpoint", "c", "--from", "2", "--to", "1", "--param", "a=1", "--param", "b=2", "--param", "a=3"], "the param `a` is given twice"],
  [["job.sluice", "--checkpoint", "--from", "2", "--to", "1"], "--checkpoint needs a value"],
  [["job.sluice", "--checkpoint", "c", "--from", "2", "--to", "1", "--query", "--param", "a=1"], "--query needs a value"],
] as const)("a mistake is told with the way to write it: %j", async (words, message) => {
  const { code, stderr } = await sluice("reshard", ...words);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error(\[R762\d\])?: /);
  expect(stderr).toContain(`: ${message}`);
});
