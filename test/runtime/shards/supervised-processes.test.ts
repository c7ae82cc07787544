import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { nodeProcess } from "../../../runtime/host/node-process.ts";

const program = fileURLToPath(new URL("supervised-program.ts", import.meta.url));
const started: { readonly child: ChildProcess; pids(): readonly number[] }[] = [];

afterEach(() => {
  for (const { child, pids } of started.splice(0)) {
    child.kill("SIGKILL");
    for (const pid of pids()) if (nodeProcess.identify(pid) !== undefined) process.kill(pid, "SIGKILL");
  }
});

/** Starts the program, and waits until both of its shards run, or only until they are started. */
async function startSupervised(until: "running" | "started" = "running"): Promise<{ readonly child: ChildProcess; readonly pids: () => readonly number[]; readonly stderr: () => string; readonly ended: Promise<number | null> }> {
  const child = spawn(process.execPath, ["--import", "tsx", program, "--shards", "2"], { stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const pids = (): readonly number[] => [...stdout.matchAll(/: (\d+)\n/g)].map(([, pid]) => Number(pid));
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  started.push({ child, pids });
  if (until === "started") {
    await expect.poll(() => stdout, { timeout: 30_000, interval: 1 }).toContain("supervises");
    return { child, pids, stderr: () => stderr, ended };
  }
  await expect.poll(pids, { timeout: 30_000 }).toHaveLength(2);
  expect(stdout).toContain("--shard 0/2: ");
  expect(stdout).toContain("--shard 1/2: ");
  return { child, pids, stderr: () => stderr, ended };
}

it("hands a signal on to the shards, and ends when they have", async () => {
  const { child, ended, pids, stderr } = await startSupervised();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(stderr().trim().split("\n").sort()).toEqual(["shard 0/2: ends at SIGTERM", "shard 1/2: ends at SIGTERM"]);
  expect(pids().map((pid) => nodeProcess.identify(pid))).toEqual([undefined, undefined]);
}, 60_000);

it("ends well at a signal that comes before the shards listen", async () => {
  const { child, ended, pids } = await startSupervised("started");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(pids()).toEqual([]);
}, 60_000);

it("starts a shard again that is killed; shards do not outlive who started them", async () => {
  const { child, pids, stderr } = await startSupervised();
  const [first = 0] = pids();
  process.kill(first, "SIGKILL");
  await expect.poll(pids, { timeout: 30_000 }).toHaveLength(3);
  expect(stderr()).toMatch(/^shard \d\/2: it was ended by SIGKILL; it is started again in 0\.5 s\n/);
  child.kill("SIGKILL");
  await expect.poll(() => pids().filter((pid) => nodeProcess.identify(pid) !== undefined), { timeout: 30_000 }).toEqual([]);
}, 60_000);
