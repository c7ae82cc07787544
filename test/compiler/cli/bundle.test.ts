import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";

const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/[\\/]$/, "");
const directory = mkdtempSync(join(tmpdir(), "sluice-bundle-"));
/** A folder without packages. */
const alone = mkdtempSync(join(tmpdir(), "sluice-alone-"));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

beforeAll(() => {
  put("package.json", '{ "name": "mine", "type": "module" }');
  put("node_modules/base/package.json", '{ "name": "base", "main": "index.js" }');
  put("node_modules/base/index.js", 'const path = require("node:path");\nmodule.exports = { base: (text) => path.basename(text) };\n');
  put("functions.ts", 'import { base } from "base";\nexport function lastPart(text: string): string {\n  return base(text);\n}\n');
  put("job.sluice", 'import { lastPart } from "./functions.ts"\nparam folder: string = "in/"\nsource a: { path: string } from file(folder, format: "json")\nsink out = a |> select lastPart(path) as part into memory()\n');
  put("plain.sluice", 'source a: { path: string } from file("in/", format: "json")\nsink out = a into discard()\n');
  put("native.ts", 'import "./code.node";\nexport function f(text: string): string {\n  return text;\n}\n');
  put("code.node", "");
  put("native.sluice", 'import { f } from "./native.ts"\nsource a: { path: string } from file("in/", format: "json")\nsink out = a |> select f(path) as x into memory()\n');
  put("in/a.json", '{"path":"a/b"}\n{"path":"c"}\n');
  cpSync(join(directory, "in"), join(alone, "data"), { recursive: true });
});

afterAll(() => {
  for (const folder of [directory, alone]) rmSync(folder, { recursive: true, force: true });
});

async function sluice(...argv: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  let stderr = "";
  const code = await main(argv, { directory, installation, color: false, stdout: () => {}, stderr: (text) => void (stderr += text) });
  return { code, stderr };
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function node(argv: readonly string[], onStderr?: (text: string, stop: () => void) => void): Promise<Ended> {
  const child = spawn(process.execPath, argv, { cwd: alone, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onStderr?.(stderr, () => child.kill("SIGINT"));
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

it("bundles a job with its functions, their packages and SQL: node runs it where there is nothing else", async () => {
  expect(await sluice("build", "--bundle", "-o", join(alone, "job.mjs"), "job.sluice")).toEqual({ code: 0, stderr: expect.stringMatching(/warning\[W3005\]: `lastPart` uses the package `base`[^]*\nwrote .*job\.mjs\n$/) as unknown });
  const batch = await node(["job.mjs", "--batch", "--param", "folder=data/", "--sql", "select part from out order by part", "--json", "--progress", "json"]);
  expect(batch).toMatchObject({ code: 0, stdout: '{"part":"b"}\n{"part":"c"}\n' });
  expect(batch.stderr).toContain('"numInputRows":2');
  expect((await node(["job.mjs", "--batc"])).stderr).toContain("did you mean --batch?");
  const first = readFileSync(join(alone, "job.mjs"), "utf8");
  await sluice("build", "--bundle", "-o", join(alone, "job.mjs"), "job.sluice");
  expect(readFileSync(join(alone, "job.mjs"), "utf8")).toBe(first);
}, 120_000);

it("answers on a port from a bundle, and goes on from its checkpoint", async () => {
  await sluice("build", "--bundle", "-o", join(alone, "job.mjs"), "job.sluice");
  const options = ["job.mjs", "--param", "folder=data/", "--checkpoint", "cp", "--progress", "json"];
  const answers: Promise<readonly [number, string]>[] = [];
  const run = await node([...options, "--port", "0"], (stderr, stop) => {
    const address = /http:\/\/[\d.:]+/.exec(stderr)?.[0];
    if (address === undefined || !stderr.includes('"batchId":0') || answers.length > 0) return;
    const ask = async (path: string): Promise<readonly [number, string]> => {
      const response = await fetch(`${address}${path}`);
      return [response.status, await response.text()];
    };
    answers.push(...["/health", "/metrics", "/progress"].map(ask));
    void Promise.allSettled(answers).then(stop);
  });
  expect(run.code).toBe(0);
  const [health, metrics, progress] = await Promise.all(answers);
  expect(health).toEqual([200, expect.stringContaining('"status":"ok"')]);
  expect(metrics).toEqual([200, expect.stringContaining('sluice_input_rows_total{query="out"} 2\n')]);
  expect(progress).toEqual([200, expect.stringContaining('"queries":{"out":{')]);
  expect((await node([...options, "--available-now"])).stderr).not.toContain('"numInputRows":2');
});

it("leaves SQLite out where there is no table to read", async () => {
  expect((await sluice("build", "--bundle", "plain.sluice")).code).toBe(0);
  const text = readFileSync(join(directory, "plain.mjs"), "utf8");
  expect(text.length).toBeLessThan(1_000_000);
  writeFileSync(join(alone, "plain.mjs"), text);
  mkdirSync(join(alone, "in"), { recursive: true });
  expect((await node(["plain.mjs", "--batch", "--sql", "select 1"])).stderr).toContain("there are no tables");
});

it("takes the client of Kafka in", async () => {
  put("kafka.sluice", 'source a from kafka("127.0.0.1:1", subscribe: "a", retries: 0, connectionTimeout: 1 second)\nsink out = a into discard()\n');
  expect((await sluice("build", "--bundle", "kafka.sluice")).code).toBe(0);
  writeFileSync(join(alone, "kafka.mjs"), readFileSync(join(directory, "kafka.mjs"), "utf8"));
  const { code, stderr } = await node(["kafka.mjs", "--available-now"]);
  // Nothing listens there, and so the client was asked to connect.
  expect(stderr).toContain("R7700");
  expect(code).toBe(3);
});

it("says what cannot be bundled, and overwrites nothing of the user's", async () => {
  const native = await sluice("build", "--bundle", "native.sluice");
  expect(native.code).toBe(1);
  expect(native.stderr).toContain('native.ts:1:8: No loader is configured for ".node" files: code.node');
  put("mine.mjs", "export {};\n");
  expect((await sluice("build", "--bundle", "-o", "mine.mjs", "plain.sluice")).stderr).toContain("was not made by sluice build --bundle");
  expect((await sluice("build", "--bundle", "-o", "mine.js", "plain.sluice")).stderr).toContain("let the name end in .mjs");
  expect((await sluice("build", "-o", "x.mjs", "plain.sluice")).stderr).toContain("add --bundle");
  expect((await sluice("build", "--bundle", "--out", "x", "plain.sluice")).stderr).toContain("name it with -o FILE");
  expect((await sluice("build", "--bundle", "plain.sluice", "job.sluice")).stderr).toContain("one after the other");
});
