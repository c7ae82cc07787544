import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { goldenTest, sampleFiles, sampleFolders, samplePath } from "../support/samples.ts";

const command = fileURLToPath(new URL("../../compiler/cli/bin.mjs", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "sluice-bad-input-")));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function sluice(directory: string, argv: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [command, ...argv], { cwd: directory, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

const usual = ["run", "job.sluice", "--available-now", "--checkpoint", "checkpoints"];

/** Runs the job as it should be, to have a checkpoint to spoil. */
async function goodRun(directory: string, argv: readonly string[] = usual): Promise<void> {
  expect(await sluice(directory, argv)).toMatchObject({ code: 0, stderr: "" });
}

function newest(directory: string): string {
  return join(directory, readdirSync(directory).filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a))[0] ?? "");
}

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

/** What has to be done before the command that fails. */
const preparations: Readonly<Record<string, (directory: string) => Promise<void> | void>> = {
  "line-of-ten-megabytes": (directory) => {
    const megabytes = "x".repeat(10_000_000);
    mkdirSync(join(directory, "in"));
    writeFileSync(join(directory, "in/1.jsonl"), `{"k":"${megabytes}","v":1,"other":"${megabytes}"}\n{"k":"a","v":${megabytes}}\n`);
  },
  "checkpoint-unreadable": async (directory) => {
    await goodRun(directory);
    const bytes = readFileSync(newest(join(directory, "checkpoints/out/offsets")));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(newest(join(directory, "checkpoints/out/offsets")), bytes);
  },
  "checkpoint-metadata-unreadable": async (directory) => {
    await goodRun(directory);
    writeFileSync(join(directory, "checkpoints/out/metadata"), "{}");
  },
  "checkpoint-state-missing": async (directory) => {
    await goodRun(directory);
    rmSync(join(directory, "checkpoints/out/state/out%2Faggregate"), { recursive: true });
  },
  "checkpoint-of-another-query": async (directory) => {
    await goodRun(directory);
    edit(join(directory, "job.sluice"), (text) => text.replace("sink out", "sink other"));
    renameSync(join(directory, "checkpoints/out"), join(directory, "checkpoints/other"));
  },
  "checkpoint-with-other-keys": async (directory) => {
    await goodRun(directory);
    edit(join(directory, "job.sluice"), (text) => text.replace("group by k", "group by v % 2 as k"));
  },
  "checkpoint-ahead-of-its-offsets": async (directory) => {
    await goodRun(directory);
    rmSync(newest(join(directory, "checkpoints/out/offsets")));
  },
  "checkpoint-drained": async (directory) => {
    await goodRun(directory, [...usual.slice(0, 2), "--drain", ...usual.slice(3)]);
    writeFileSync(join(directory, "in/3.jsonl"), '{"k":"a","v":3}\n');
  },
  "checkpoint-in-use": (directory) => {
    edit(join(directory, "job.sluice"), (text) => `${text}sink twice = rows into memory() checkpoint "checkpoints/own"\nsink thrice = rows into memory() checkpoint "checkpoints/own"\n`);
  },
};

/** The command of a case: the line of its file `command`, or the usual run. */
function argvOf(path: string): readonly string[] {
  const named = readdirSync(path).includes("command") ? readFileSync(join(path, "command"), "utf8").trim() : undefined;
  return named === undefined ? usual : [...named.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/** What is different on each machine and in each run. */
function normalised(text: string): string {
  return text
    .replaceAll(folder, "")
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "ID")
    .replace(/(?<=(?:checksum|found) )(?:0x)?[0-9a-f]{8}\b/g, "CHECKSUM")
    // Which partition a key lies in follows from the seed of the checkpoint.
    .replace(/(\/state\/[^/]+\/)\d+(?=\/)/g, "$1PARTITION");
}

it.concurrent.each(sampleFolders("bad-input"))("tells of $name", async ({ name, path }) => {
  const directory = join(folder, name);
  cpSync(path, directory, { recursive: true, filter: (file) => !/[\\/](?:stderr|command)$/.test(file) });
  await preparations[name]?.(directory);
  const { code, stdout, stderr } = await sluice(directory, argvOf(path));
  expect(stdout).toBe("");
  expect(stderr).not.toMatch(/this is a bug|\n {4}at /);
  goldenTest(`exit ${code}\n${normalised(stderr)}`, join(path, "stderr"));
});

it("ends with 1 where the syntax of a statement is wrong, and tells of each", async () => {
  const names = sampleFiles("syntax-errors", ".sluice").map(({ name }) => name);
  const { code, stderr } = await sluice(samplePath("syntax-errors"), ["check", ...names.map((name) => `${name}.sluice`)]);
  expect(code).toBe(1);
  const told = names.flatMap((name) => readFileSync(samplePath("syntax-errors", `${name}.stderr`), "utf8").match(/^error\[E1.*$/gm) ?? []);
  expect(told.filter((line) => !stderr.includes(line))).toEqual([]);
});
