import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { emitJob } from "../../compiler/emit.ts";
import { listedInManifest } from "../../runtime/connectors/file/manifest-reader.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { capturedResult, readCapture } from "../../runtime/query/capture-reader.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { runSample } from "../support/run-sample.ts";

const checked = compileText(
  `schema Row { k: string, v: long }
   source rows: Row from file("in", format: "json", maxFilesPerTrigger: 1)
   sink copies = rows |> where v > 1 |> select k, v * 2 as twice into file("out/copies", format: "json")
   sink sums = rows |> aggregate count() as n, sum(v) as total group by k into memory() mode complete`,
  { optimize: true },
);

const files: Readonly<Record<string, string>> = {
  "1.jsonl": '{"k":"a","v":1}\n{"k":"b","v":2}\n{"k":"a","v":9007199254740993}\n',
  "2.jsonl": '{"k":"c","v":4}\n',
  "3.jsonl": '{"k":"b","v":5}\n{"k":"__proto__","v":6}\n',
};

const inputs = Object.entries(files).map(([name, text]) => ({ path: `in/${name}`, bytes: Buffer.from(text) }));

// What a run passes, and how often: found out in a simulation of the same job over the same files.
const simulated = await runSample({ job: loadJob(checked), mode: "drain", params: {}, env: {}, inputs, queues: {} });
const points = [...new Set(simulated.reached)];
const countOf = (point: string): number => simulated.reached.filter((reached) => reached === point).length;

const folder = mkdtempSync(join(tmpdir(), "sluice-kill-"));
const program = join(folder, "job.mjs");

/** The job's emitted module as one file that Node starts by itself. */
beforeAll(async () => {
  const runtime = fileURLToPath(new URL("../../", import.meta.url));
  const modules = join(folder, "modules");
  mkdirSync(modules);
  const emitted = emitJob(checked, { runtimeSpecifier: (entry) => join(runtime, entry === "runtime" ? "runtime/index.ts" : `${entry}.ts`), userSpecifier: (specifier) => specifier });
  for (const { name, text } of emitted) writeFileSync(join(modules, name), text);
  await build({ entryPoints: [join(modules, "job.ts")], outfile: program, bundle: true, platform: "node", format: "esm", target: "node20", external: ["sql.js", "snappy", "lz4-napi", "@bokuweb/zstd-wasm"], logLevel: "silent" });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

function run(directory: string, fault: string | undefined): Promise<Ended> {
  const options = ["--drain", "--checkpoint", "checkpoints", "--capture", "capture.jsonl"];
  const child = spawn(process.execPath, [program, ...options], { cwd: directory, env: { ...process.env, SLUICE_FAULT: fault ?? "" }, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stderr }));
  });
}

function directoryFor(name: string): string {
  const directory = join(folder, name);
  mkdirSync(join(directory, "in"), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, "in", file), text);
  return directory;
}

interface Result {
  readonly copies: string;
  readonly captured: readonly string[];
  readonly sums: readonly string[];
}

function resultIn(directory: string): Result {
  const out = join(directory, "out/copies");
  const batches = readCapture(readFileSync(join(directory, "capture.jsonl"), "utf8"));
  return {
    copies: listedInManifest(nodeHost(), out).map((name) => readFileSync(join(out, name), "utf8")).join(""),
    captured: capturedResult(batches.filter(({ query }) => query === "copies"), "append"),
    sums: [...capturedResult(batches.filter(({ query }) => query === "sums"), "complete")].sort(),
  };
}

it("kill -9 of a real process at every fault point that a run of three batches passes, and a restart, give what an undisturbed run gives", async () => {
  const undisturbed = directoryFor("undisturbed");
  expect(await run(undisturbed, undefined)).toEqual({ code: 0, signal: null, stderr: "" });
  const expected = resultIn(undisturbed);
  expect(expected.captured).toEqual(simulated.results["copies"]);
  expect(expected.sums).toEqual(simulated.results["sums"]);
  expect(points.length).toBeGreaterThan(50);
  const waiting = points.map((point) => ({ point, occurrence: (countOf(point) + 1) >> 1 }));
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const fault = `${next.point}:${next.occurrence}`;
      const directory = directoryFor(fault.replace(":", "-"));
      const killed = await run(directory, fault);
      expect(killed.signal, `${fault}: ${killed.stderr}`).toBe("SIGKILL");
      const restarted = await run(directory, undefined);
      expect(restarted.code, `${fault}: ${restarted.stderr}`).toBe(0);
      expect(resultIn(directory), fault).toEqual(expected);
    }
  };
  await Promise.all([worker(), worker()]);
}, 240_000);
