import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const directory = mkdtempSync(join(tmpdir(), "sluice-process-"));

beforeAll(() => {
  mkdirSync(join(directory, "in"));
  writeFileSync(join(directory, "in/a.json"), '{"value":1}\n{"value":9223372036854775807}\n');
  writeFileSync(join(directory, "job.sluice"), 'source a: { value: long } from file("in/", format: "json")\nsink out = a into memory()\nsink shifted = a |> select value + 1 as v into memory()\n');
  writeFileSync(join(directory, "bad.sluice"), "source a: { value: lnog } from queue()\n");
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: readonly string[], onStderr?: (text: string, signal: (name: "SIGINT") => void) => void): Promise<Ended> {
  const child = spawn(process.execPath, program, { cwd: directory, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onStderr?.(stderr, (name) => child.kill(name));
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const sluice = (...argv: readonly string[]): Promise<Ended> => run([join(root, "compiler/cli/bin.mjs"), ...argv]);

it("runs a job and answers SQL with all digits", async () => {
  const { code, stdout, stderr } = await sluice("run", "--batch", "job.sluice", "--query", "out", "--sql", "select value from out order by value", "--json", "--capture", "c.jsonl");
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '{"value":1}\n{"value":9223372036854775807}\n', stderr: "" });
  expect(readFileSync(join(directory, "c.jsonl"), "utf8").split("\n")).toHaveLength(4);
});

it("ends with 3 where a query fails, and with 1 where the file or an option is wrong", async () => {
  const failed = await sluice("run", "job.sluice", "--batch");
  expect(failed.code).toBe(3);
  expect(failed.stderr).toContain("error[R7101]");
  const bad = await sluice("check", "bad.sluice", "--json");
  expect(bad.code).toBe(1);
  expect(JSON.parse(bad.stdout.split("\n")[0] ?? "")).toMatchObject({ severity: "error", file: "bad.sluice" });
  expect((await sluice("run", "job.sluice", "--sql")).code).toBe(1);
});

it("ends cleanly on SIGINT, and goes on from the checkpoint", async () => {
  const argv = [join(root, "compiler/cli/bin.mjs"), "run", "job.sluice", "--query", "out", "--checkpoint", "cp", "--progress", "json", "--sql", "select count(*) as n from out", "--json"];
  let sent = false;
  const first = await run(argv, (stderr, signal) => {
    if (!stderr.includes('"batchId":0') || sent) return;
    sent = true;
    signal("SIGINT");
  });
  expect(first.code).toBe(0);
  expect(first.stdout).toBe('{"n":2}\n');
  expect(first.stderr).toContain("SIGINT: ending after the running batch");
  writeFileSync(join(directory, "in/b.json"), '{"value":2}\n');
  const second = await sluice("run", "job.sluice", "--query", "out", "--checkpoint", "cp", "--once", "--sql", "select value from out", "--json");
  expect(second).toMatchObject({ code: 0, stdout: '{"value":2}\n' });
});

/** The exit code of a program whose output nobody reads: the other end of its pipe is closed before it writes. */
function withClosedOutput(program: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, program, { cwd: directory, stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.destroy();
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", resolve);
  });
}

it("a run whose reader has gone ends with 141, a plan, a report or a help with 0", async () => {
  const bin = join(root, "compiler/cli/bin.mjs");
  await sluice("build", "--out", join(root, ".cache/closed-pipe-test"), "job.sluice");
  const module = ["--import", join(root, "node_modules/tsx/dist/esm/index.mjs"), join(root, ".cache/closed-pipe-test/job.ts")];
  const answering = ["--query", "out", "--batch", "--sql", "select * from out"];
  expect(await withClosedOutput([bin, "run", "job.sluice", ...answering])).toBe(141);
  expect(await withClosedOutput([...module, ...answering])).toBe(141);
  for (const argv of [["explain", "job.sluice"], ["check", "bad.sluice", "--json"], ["run", "--help"], ["--help"]]) expect(await withClosedOutput([bin, ...argv]), argv.join(" ")).toBe(0);
  expect(await withClosedOutput([...module, "--help"])).toBe(0);
}, 60_000);

it("runs an emitted module by itself with the same options", async () => {
  await sluice("build", "--out", join(root, ".cache/process-test"), "job.sluice");
  const module = join(root, ".cache/process-test/job.ts");
  const options = ["--import", join(root, "node_modules/tsx/dist/esm/index.mjs"), module, "--batch", "--query", "out"];
  expect(await run([...options, "--sql", "select count(*) as n from out", "--json"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\{"n":[23]\}\n$/) as string });
  expect((await run([...options, "--bacth"])).code).toBe(1);
  rmSync(join(root, ".cache/process-test"), { recursive: true, force: true });
});
