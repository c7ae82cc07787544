import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { main } from "../../../compiler/cli/main.ts";
import { Checkpoint } from "../../../runtime/checkpoint/checkpoint.ts";
import { nodeHost } from "../../../runtime/host/node-host.ts";

const directory = mkdtempSync(join(tmpdir(), "sluice-offsets-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function sluice(...words: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  let [stdout, stderr] = ["", ""];
  const installation = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
  const code = await main(words, { directory, installation, color: false, stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text) });
  return { code, stdout, stderr };
}

/** A checkpoint with a batch for each of the positions; the last of them is not committed where `open` says so. */
function checkpointAt(name: string, positions: readonly Readonly<Record<string, string>>[], { open = false, connector = "kafka" } = {}): string {
  const path = join(directory, name);
  mkdirSync(path, { recursive: true });
  const reads = [...new Set(positions.flatMap((each) => Object.keys(each)))];
  const checkpoint = Checkpoint.open(nodeHost(), path, { queryName: "visits", sources: reads.map((read) => ({ name: read, connector })), statePartitions: 1 }, { warn: () => undefined });
  const state = { version: 0, chains: [] };
  positions.forEach((offsets, batchId) => {
    checkpoint.writeOffsets({ batchId, start: {}, offsets, timestampMs: 0, lateWatermark: 0, evictWatermark: Date.UTC(2024, 4, 12) + batchId, inputWatermarks: {}, settings: {}, base: state });
    if (!open || batchId < positions.length - 1) checkpoint.writeCommits({ batchId, watermark: 0, inputWatermarks: {}, state, sinkFiles: [] });
  });
  checkpoint.close();
  return name;
}

it("says how far the newest committed batch has read", async () => {
  const { code, stdout, stderr } = await sluice("offsets", checkpointAt("one", [{ hits: '{"hits":{"0":3}}' }, { hits: '{"hits":{"0":7,"1":2}}' }]));
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '{"hits":{"0":7,"1":2}}\n', stderr: "" });
});

it("says it where a batch has begun that is not committed", async () => {
  const { code, stdout, stderr } = await sluice("offsets", checkpointAt("begun", [{ hits: '{"hits":{"0":3}}' }, { hits: '{"hits":{"0":7}}' }], { open: true }));
  expect({ code, stdout }).toEqual({ code: 0, stdout: '{"hits":{"0":3}}\n' });
  expect(stderr).toBe("warning: batch 1 of begun has begun and is not committed: a sink without transactions may have some of it; run the job once more, to the end of the batch, and ask again\n");
});

it("is not held up by old entries that a purge has removed in part, or that are damaged", async () => {
  const path = checkpointAt("purged", Array.from({ length: 4 }, (_, at) => ({ hits: `{"hits":{"0":${at}}}` })));
  rmSync(join(directory, path, "offsets", "1"));
  writeFileSync(join(directory, path, "commits", "0"), "");
  expect(await sluice("offsets", path)).toEqual({ code: 0, stdout: '{"hits":{"0":3}}\n', stderr: "" });
});

it.each(["offsets", "commits"])("does not take a damaged newest entry of %s for one that says nothing", async (log) => {
  const path = checkpointAt(`damaged-${log}`, [{ hits: '{"hits":{"0":3}}' }, { hits: '{"hits":{"0":7}}' }]);
  truncateSync(join(directory, path, log, "1"), 20);
  for (const more of [[], ["--watermark"]]) {
    const { code, stdout, stderr } = await sluice("offsets", path, ...more);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error[R7401]: a file of the checkpoint is damaged");
    expect(stderr).toContain(join(path, log, "1"));
  }
});

it("knows that an entry which was never finished is no batch that has begun", async () => {
  const path = checkpointAt("torn", [{ hits: '{"hits":{"0":3}}' }, { hits: '{"hits":{"0":7}}' }], { open: true });
  truncateSync(join(directory, path, "offsets", "1"), 20);
  expect(await sluice("offsets", path)).toEqual({ code: 0, stdout: '{"hits":{"0":3}}\n', stderr: "" });
});

it("has nothing to say of a query that has committed nothing", async () => {
  const path = checkpointAt("new", [{ hits: '{"hits":{"0":3}}' }], { open: true });
  expect(await sluice("offsets", path)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("error: new has no committed batch that has read `hits`\n") });
  expect(await sluice("offsets", path, "--watermark")).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("error: new has no committed batch, and so no watermark\n  help: run the job first\n") });
});

it("refuses offsets that are no topic's rather than printing numbers that are none", async () => {
  const path = checkpointAt("odd", [{ hits: '{"hits":{"0":"3"}}' }]);
  expect(await sluice("offsets", path)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("error[R7209]") });
});

it("puts together the partitions that shards have read", async () => {
  const slices = [checkpointAt("slice-0", [{ hits: '{"hits":{"0":3,"2":10}}' }]), checkpointAt("slice-1", [{ hits: '{"clicks":{"1":1},"hits":{"1":4}}' }])];
  expect((await sluice("offsets", ...slices)).stdout).toBe('{"clicks":{"1":1},"hits":{"0":3,"1":4,"2":10}}\n');
});

it("asks which source is meant where a query reads topics by several", async () => {
  const path = checkpointAt("two", [{ hits: '{"hits":{"0":3}}', users: '{"users":{"0":5}}' }]);
  expect((await sluice("offsets", path)).stderr).toBe("error: the query `visits` reads topics by hits, users\n  help: name one: --read hits\n");
  expect((await sluice("offsets", path, "--read", "users")).stdout).toBe('{"users":{"0":5}}\n');
  expect((await sluice("offsets", path, "--read", "user")).stderr).toContain("has no read `user` of a topic");
});

it("says which windows have been given", async () => {
  const path = checkpointAt("watermark", [{ hits: '{"hits":{"0":3}}' }, { hits: '{"hits":{"0":7}}' }]);
  expect((await sluice("offsets", path, "--watermark")).stdout).toBe("2024-05-12T00:00:00.001Z\n");
  expect((await sluice("offsets", path, path, "--watermark")).stderr).toContain("error: several checkpoints have several watermarks\n");
});

it("refuses what has no offsets of topics", async () => {
  const files = checkpointAt("files", [{ lines: '{"logOffset":3}' }], { connector: "file" });
  expect(await sluice("offsets", files)).toMatchObject({ code: 1, stderr: "error: the query `visits` reads no topic\n  help: offsets of files, sockets and receivers mean nothing elsewhere\n" });
  expect(await sluice("offsets", "nowhere")).toMatchObject({ code: 1, stderr: "error: nowhere is no checkpoint\n  help: name the folder of a query in the one that --checkpoint named: DIR/QUERY\n" });
  expect(await sluice("offsets")).toMatchObject({ code: 1, stderr: "error: no checkpoint to read\n  help: write sluice offsets DIR/QUERY\n" });
  expect((await sluice("offsets", "--help")).stdout).toMatch(/^sluice offsets CHECKPOINT… \[--read NAME \| --watermark\]\n/);
});
