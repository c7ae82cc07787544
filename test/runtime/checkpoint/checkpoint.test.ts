import { expect, it } from "vitest";
import { Checkpoint } from "../../../runtime/checkpoint/checkpoint.ts";
import type { CommitsEntry, OffsetsEntry } from "../../../runtime/checkpoint/log-entries.ts";
import type { QueryIdentity } from "../../../runtime/checkpoint/metadata.ts";
import type { StateDescriptor } from "../../../runtime/operators/stateful.ts";
import { emptyState } from "../../../runtime/state/state-version.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { Counts } from "../../faults/toy-query.ts";

const directory = "/home/checkpoints/ranks";
const identity: QueryIdentity = { queryName: "ranks", sources: [{ name: "pages", connector: "file" }], statePartitions: 4 };

function open(host: SimHost, changed: Partial<QueryIdentity> = {}, warnings: string[] = [], retain = 100): Checkpoint {
  return Checkpoint.open(host, directory, { ...identity, ...changed }, { retain, warn: (message) => warnings.push(message) });
}

function offsets(batchId: number): OffsetsEntry {
  return {
    batchId, start: { pages: batchId === 0 ? null : `{"logOffset":${batchId - 1}}` }, offsets: { pages: `{"logOffset":${batchId}}` }, timestampMs: 1_700_000_000_000 + batchId,
    lateWatermark: Math.max(0, batchId - 1), evictWatermark: batchId, inputWatermarks: { "pages/watermark": batchId }, settings: { statePartitions: 4, watermarkPolicy: "min" },
    base: { ...emptyState, version: batchId },
  };
}

function commits(batchId: number, changed: Partial<CommitsEntry> = {}): CommitsEntry {
  return { batchId, watermark: batchId + 1, inputWatermarks: { "pages/watermark": batchId + 1 }, state: { ...emptyState, version: batchId + 1 }, sinkFiles: [], ...changed };
}

/** A machine with batches 0 to `last`, all committed but perhaps the last. */
function withBatches(last: number, committed = last, retain = 100): SimHost {
  const host = new SimHost();
  const checkpoint = open(host, {}, [], retain);
  checkpoint.stateStore([]);
  for (let batch = 0; batch <= last; batch++) {
    checkpoint.writeOffsets(offsets(batch));
    if (batch <= committed) checkpoint.writeCommits(commits(batch));
  }
  checkpoint.close();
  return host;
}

function refused(code: string, where: string, words: RegExp): unknown {
  return expect.objectContaining({ code, where: expect.stringContaining(where), message: expect.stringMatching(words), how: expect.any(String) });
}

it("a new checkpoint starts with batch 0 and keeps its id for ever", () => {
  const host = new SimHost();
  const first = open(host);
  expect(first.recover()).toEqual({ kind: "new batch", batchId: 0, attempt: 1, start: {}, lateWatermark: 0, evictWatermark: 0, inputWatermarks: {}, base: emptyState, drained: false });
  first.close();
  const second = open(host);
  expect(second.id).toBe(first.id);
  expect([first.incarnation, second.incarnation]).toEqual([1, 2]);
});

it("after a committed batch the next starts from its end, with the watermarks that the batch made", () => {
  expect(open(withBatches(2)).recover()).toEqual({
    kind: "new batch", batchId: 3, attempt: 1, start: { pages: '{"logOffset":2}' }, lateWatermark: 2, evictWatermark: 3,
    inputWatermarks: { "pages/watermark": 3 }, base: { version: 3, chains: [] }, previous: offsets(2), drained: false,
  });
});

it("a batch without a commit is run again with exactly its entry, and each start counts an attempt", () => {
  const host = withBatches(2, 1);
  const recovery = open(host).recover();
  expect(recovery).toMatchObject({ kind: "replay", batchId: 2, attempt: 2, entry: offsets(2), base: { version: 2 } });
  expect(open(host.afterCrash()).recover()).toMatchObject({ kind: "replay", attempt: 3 });
});

it("where several commits are missing only the newest batch is run again, with a warning", () => {
  const host = withBatches(4);
  for (const batch of [2, 3, 4]) host.fs.remove(`${directory}/commits/${batch}`);
  const warnings: string[] = [];
  expect(open(host, {}, warnings).recover()).toMatchObject({ kind: "replay", batchId: 4, entry: offsets(4) });
  expect(warnings).toEqual([expect.stringContaining("only batch 4 is run again")]);
});

it("commits ahead of the offsets are refused", () => {
  const host = withBatches(2);
  host.fs.remove(`${directory}/offsets/2`);
  expect(() => open(host)).toThrow(refused("R7406", "offsets/2", /batch 2 is committed, but the newest offsets are of batch 1/));
});

it("a gap in the offsets is refused, and one that a purge left below the retention is not", () => {
  const host = withBatches(4);
  host.fs.remove(`${directory}/offsets/2`);
  expect(() => open(host)).toThrow(refused("R7407", "offsets/2", /the entry of batch 2 is missing/));
  expect(open(host.afterCrash("kill"), {}, [], 2).recover()).toMatchObject({ batchId: 5 });
});

it("a torn newest entry of the offsets counts as never written, with a warning, and is kept aside", () => {
  const host = withBatches(2, 1);
  host.fs.put(`${directory}/offsets/2`, (host.fs.readFile(`${directory}/offsets/2`) ?? new Uint8Array()).subarray(0, 80));
  const warnings: string[] = [];
  const checkpoint = open(host, {}, warnings);
  expect(checkpoint.recover()).toMatchObject({ kind: "new batch", batchId: 2 });
  expect(warnings).toEqual([expect.stringContaining("batch 2 had not started")]);
  checkpoint.stateStore([]);
  checkpoint.writeOffsets(offsets(2));
  expect(host.fs.list(`${directory}/offsets`)).toContain("2.torn-2");
});

it("a torn newest entry whose batch is committed is refused", () => {
  const host = withBatches(2);
  host.fs.put(`${directory}/offsets/2`, "");
  expect(() => open(host)).toThrow(refused("R7401", "offsets/2", /damaged: the file is empty/));
});

it("the checkpoint of another query is refused, and is not touched", () => {
  const host = withBatches(1);
  const before = host.fs.files(directory);
  expect(() => open(host, { queryName: "others" })).toThrow(refused("R7403", directory, /belongs to the query "ranks", not to "others"/));
  expect(host.fs.files(directory)).toEqual(before);
});

it("a file of another checkpoint is refused", () => {
  const host = withBatches(1);
  const other = new SimHost({ seed: 99 });
  Checkpoint.open(other, directory, identity, { warn: () => {} }).writeOffsets(offsets(0));
  host.fs.put(`${directory}/offsets/0`, other.fs.readFile(`${directory}/offsets/0`) ?? "");
  expect(() => open(host)).toThrow(refused("R7403", "offsets/0", /belongs to another checkpoint/));
});

it("changed inputs are refused by name once there are batches, and taken before", () => {
  const host = withBatches(1);
  const changed = { sources: [{ name: "pages", connector: "socket" }] };
  expect(() => open(host, changed)).toThrow(refused("R7405", directory, /"pages" was read from file and is now read from socket/));
  expect(() => open(host, { sources: [...identity.sources, { name: "users", connector: "file" }] })).toThrow(refused("R7405", directory, /"users" \(file\) is new/));
  const fresh = new SimHost();
  open(fresh).close();
  expect(open(fresh, changed).recover().batchId).toBe(0);
});

it("the number of partitions stays what it was, with a warning", () => {
  const warnings: string[] = [];
  expect(open(withBatches(1), { statePartitions: 16 }, warnings).partitions).toBe(4);
  expect(warnings).toEqual([expect.stringContaining("has 4 state partitions, which stay")]);
});

it("a changed operator is refused by name; a key may become nullable", () => {
  const host = new SimHost();
  const first = open(host);
  const operator = (descriptor: Partial<StateDescriptor>, checkpoint: Checkpoint): Counts =>
    Object.assign(new Counts("pages/aggregate", checkpoint.codec), { descriptor: { operatorId: "pages/aggregate", key: ["string"], value: ["count"], ...descriptor } });
  first.stateStore([operator({}, first)]);
  first.writeOffsets(offsets(0));
  first.close();
  const second = open(host);
  expect(() => second.stateStore([operator({ key: ["string?"] }, second)])).not.toThrow();
  expect(() => second.stateStore([operator({ key: ["long"] }, second)])).toThrow(refused("R7404", directory, /the key of "pages\/aggregate" was \(string\) and is now \(long\)/));
  expect(() => second.stateStore([operator({ value: ["count", "sumLong"] }, second)])).toThrow(refused("R7404", directory, /the state of "pages\/aggregate" was \(count\) and is now \(count, sumLong\)/));
  expect(() => second.stateStore([])).toThrow(refused("R7404", directory, /"pages\/aggregate" is gone/));
});

it("missing metadata with batches, and a newer format, are refused", () => {
  const host = withBatches(1);
  const bytes = host.fs.readFile(`${directory}/metadata`) ?? new Uint8Array();
  host.fs.remove(`${directory}/metadata`);
  expect(() => open(host)).toThrow(refused("R7408", "metadata", /metadata is missing/));
  host.fs.put(`${directory}/metadata`, bytes.map((byte, at) => (at === 8 ? 9 : byte)));
  expect(() => open(host)).toThrow(refused("R7402", "metadata", /expected format version 1, found 9/));
});

it("a second engine in a running process is kept out, and a dead one's lock is taken", () => {
  const host = new SimHost();
  open(host);
  expect(() => open(host)).toThrow(refused("R7410", "lock", /another query of this process/));
  expect(open(host.afterCrash("kill")).incarnation).toBe(2);
});

it("an engine that was taken over stops at its next write", () => {
  const host = new SimHost();
  const zombie = open(host);
  host.fs.remove(`${directory}/lock`);
  const successor = open(host);
  expect(() => zombie.writeOffsets(offsets(0))).toThrow(refused("R7409", "incarnations", /this is incarnation 1, the newest is 2/));
  expect(() => zombie.ensureCurrent()).toThrow(refused("R7409", "incarnations", /taken over/));
  successor.writeOffsets(offsets(0));
});

it("after a failed write nothing more is written, even if the disk recovers", () => {
  const host = new SimHost();
  const checkpoint = open(host);
  host.fs.failAt("sync", 1, "EIO");
  expect(() => checkpoint.writeOffsets(offsets(0))).toThrow(refused("R7411", "offsets/0", /the disk failed \(EIO\)/));
  expect(() => checkpoint.writeOffsets(offsets(0))).toThrow(refused("R7411", "offsets/0", /EIO/));
});

it("a drained checkpoint says so and takes no more batches", () => {
  const host = withBatches(1, 0);
  const checkpoint = open(host);
  checkpoint.writeCommits(commits(1, { watermark: Infinity, drained: true }));
  checkpoint.close();
  const again = open(host);
  expect(again.recover()).toMatchObject({ kind: "new batch", batchId: 2, evictWatermark: Infinity, drained: true });
  expect(() => again.writeOffsets(offsets(2))).toThrow(refused("R7412", directory, /ended by --drain/));
});

it("only the newest batches are kept", () => {
  const host = withBatches(12, 12, 5);
  expect([...(host.fs.list(`${directory}/offsets`) ?? [])].map(Number).sort((a, b) => a - b)).toEqual([8, 9, 10, 11, 12]);
  expect([...(host.fs.list(`${directory}/commits`) ?? [])].map(Number).sort((a, b) => a - b)).toEqual([8, 9, 10, 11, 12]);
  expect(open(host).recover()).toMatchObject({ batchId: 13 });
});

it("the log of a source replaces what no batch holds, and refuses to change what one does", () => {
  const host = new SimHost();
  const checkpoint = open(host);
  const log = checkpoint.sourceLog("pages");
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  log.write(0, bytes("a"));
  log.write(0, bytes("b"));
  expect(log.read(0)).toEqual(bytes("b"));
  expect(log.read(1)).toBeUndefined();
  checkpoint.writeOffsets(offsets(0));
  log.write(0, bytes("b"));
  expect(() => log.write(0, bytes("c"))).toThrow(expect.objectContaining({ code: "R7413" }));
  log.write(1, bytes("d"));
  log.write(2, bytes("e"));
  expect(log.entries()).toEqual([0, 1, 2]);
  log.removeBelow(2);
  expect(log.entries()).toEqual([2]);
});
