import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { Checkpoint } from "../../../runtime/checkpoint/checkpoint.ts";
import { faultSwitch } from "../../../runtime/host/fault-switch.ts";
import { nodeHost } from "../../../runtime/host/node-host.ts";
import { expectedOf, runToy, toyRecords } from "../../faults/toy-query.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-host-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a query runs on real files as on simulated ones", () => {
  const records = toyRecords(45);
  const host = nodeHost();
  runToy(host, { directory: join(folder, "toy"), records, batches: 3 });
  expect(runToy(host, { directory: join(folder, "toy"), records })).toEqual(expectedOf(records));
});

it("the file system gives Node's errors, and undefined for what is not there", () => {
  const { fs } = nodeHost();
  const path = join(folder, "a");
  expect([fs.stat(path), fs.list(path), fs.readFile(path), fs.realPath(path), fs.stat(join(path, "b"))]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  const file = fs.open(path, "create exclusively");
  file.write(new TextEncoder().encode("text"));
  file.sync();
  file.close();
  expect(() => fs.open(path, "create exclusively")).toThrow(expect.objectContaining({ code: "EEXIST" }));
  const other = fs.open(join(folder, "b"), "truncate");
  other.close();
  expect(() => fs.renameWithoutReplace(path, join(folder, "b"))).toThrow(expect.objectContaining({ code: "EEXIST" }));
  fs.renameWithoutReplace(path, join(folder, "c"));
  expect([fs.stat(path), fs.stat(join(folder, "c"))]).toEqual([undefined, expect.objectContaining({ size: 4, kind: "file" })]);
});

it("a checkpoint that this process has open is in use", () => {
  const open = (): Checkpoint => Checkpoint.open(nodeHost(), join(folder, "locked"), { queryName: "q", sources: [], statePartitions: 1 }, { warn: () => {} });
  const first = open();
  expect(open).toThrow(expect.objectContaining({ code: "R7410" }));
  first.close();
  expect(open().incarnation).toBe(2);
});

it("a connection gives what the server sent, then its end", async () => {
  const server = createServer((socket) => socket.end("line 1\nline 2\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const connection = await nodeHost().net.connect("127.0.0.1", port);
  let text = "";
  for (let bytes = await connection.receive(); bytes !== undefined; bytes = await connection.receive()) text += new TextDecoder().decode(bytes);
  expect(text).toBe("line 1\nline 2\n");
  connection.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await expect(nodeHost().net.connect("127.0.0.1", port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

it("SLUICE_FAULT names a point and how often it must be reached", () => {
  const killed: string[] = [];
  const fault = faultSwitch("offsets.synced:2", () => killed.push("dead"));
  fault("offsets.synced");
  fault("commits.synced");
  expect(killed).toEqual([]);
  fault("offsets.synced");
  expect(killed).toEqual(["dead"]);
});

it("a sleep longer than the event loop's longest timer lasts as long as it should, and a signal ends it", async () => {
  vi.useFakeTimers();
  try {
    const month = 31 * 24 * 3_600_000;
    let woken = 0;
    const stop = new AbortController();
    void nodeHost().timers.sleep(2 * month).then(() => woken++);
    void nodeHost().timers.sleep(2 * month, stop.signal).then(() => woken++);
    await vi.advanceTimersByTimeAsync(month);
    expect(woken).toBe(0);
    stop.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).toBe(1);
    await vi.advanceTimersByTimeAsync(month - 1);
    expect(woken).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([woken, vi.getTimerCount()]).toEqual([2, 0]);
  } finally {
    vi.useRealTimers();
  }
});

it("a rename without replacing passes a fault point with both names there", () => {
  const there: unknown[] = [];
  const host = nodeHost({ onFault: (name) => there.push(name, host.fs.stat(join(folder, "from"))?.size, host.fs.stat(join(folder, "to"))?.size) });
  host.fs.open(join(folder, "from"), "create exclusively").close();
  host.fs.renameWithoutReplace(join(folder, "from"), join(folder, "to"));
  expect(there).toEqual(["file.linked", 0, 0]);
  expect(host.fs.stat(join(folder, "from"))).toBeUndefined();
});
