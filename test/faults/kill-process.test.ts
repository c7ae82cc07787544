import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { faultPoints } from "../../runtime/host/fault-points.ts";
import { expectedOf, toyRecords } from "./toy-query.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-kill-"));
const program = join(folder, "toy.mjs");

beforeAll(async () => {
  await build({ entryPoints: [fileURLToPath(new URL("./toy-process.ts", import.meta.url))], outfile: program, bundle: true, platform: "node", format: "esm", logLevel: "silent" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(directory: string, fault: string | undefined): Promise<Ended> {
  const env = { ...process.env, SLUICE_FAULT: fault ?? "" };
  const child = spawn(process.execPath, [program, directory], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_code, signal) => resolve({ signal, stdout, stderr }));
  });
}

const points = faultPoints.filter((point) => !/^(sink|batch|capture|source-file|kafka|shards|reshard)/.test(point));

it("kill -9 of a real process at every fault point of the checkpoint, and a restart, give what an undisturbed run gives", async () => {
  const expected = expectedOf(toyRecords(60));
  const waiting = [...points];
  const worker = async (): Promise<void> => {
    for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
      const directory = join(folder, point);
      const killed = await run(directory, point);
      expect(killed.signal, `${point}: ${killed.stderr}`).toBe("SIGKILL");
      const restarted = await run(directory, undefined);
      expect(restarted.stderr, point).toBe("");
      expect(JSON.parse(restarted.stdout), point).toEqual(expected);
    }
  };
  await Promise.all([worker(), worker()]);
}, 120_000);
