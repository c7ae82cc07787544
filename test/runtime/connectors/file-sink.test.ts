import { describe, expect, test, vi } from "vitest";
import { fileSink, fileSource } from "../../../runtime/connectors/file.ts";
import { readManifest } from "../../../runtime/connectors/file/manifest-reader.ts";
import type { Sink, SinkContext } from "../../../runtime/connectors/sink.ts";
import { SimulatedCrash } from "../../../runtime/errors/simulated-crash.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { batchOf, runBatch, sinkContext, type TestRow } from "./sink-support.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

function open(host: SimHost, options: Partial<SinkContext<TestRow>> = {}): Promise<Sink<TestRow>> {
  return fileSink({ path: "out/" }).open(sinkContext(host, options));
}

/** What a reader of the manifest gets, in order of batches. */
async function committed(host: SimHost): Promise<string> {
  const table = await fileSource({ path: "out" }).openTable?.(sourceContext(host));
  return table === undefined ? "" : textOf(table.read());
}

/** What a reader by pattern gets. */
async function visible(host: SimHost): Promise<string> {
  const stream = await fileSource({ path: "out/part-*" }).openStream?.(sourceContext(host));
  const end = await stream?.latest(undefined, 0, true);
  return stream === undefined || end === undefined ? "" : textOf(stream.read(undefined, end));
}

/** In the order of ids: files of one moment are read in the order of their names. */
function ordered(text: string): string {
  const id = (row: string): number => Number(/\d+/.exec(row)?.[0]);
  return text.split(/(?<=\n)/).sort((a, b) => id(a) - id(b)).join("");
}

const line = (id: number): string => `{"id":${id},"name":"n${id}"}\n`;

test("a batch is visible when it is committed, under its name, whole", async () => {
  const host = new SimHost();
  const sink = await open(host);
  expect(sink.begin(batchOf(0))).toBe(true);
  sink.write("+I", { id: 1, name: "n1" });
  expect(await sink.prepare(batchOf(0))).toEqual(["part-0-0-1.json"]);
  expect(await visible(host)).toBe("");
  expect(await committed(host)).toBe("");
  await sink.commit(batchOf(0));
  expect(await visible(host)).toBe(line(1));
  expect(await committed(host)).toBe(line(1));
  expect(host.fs.files("/home/out")).toEqual(["/home/out/_sluice/0", "/home/out/_sluice/owner.json", "/home/out/part-0-0-1.json"]);
});

test("a batch that the manifest holds is dropped whole, one without rows leaves nothing", async () => {
  const host = new SimHost();
  const sink = await open(host);
  await runBatch(sink, batchOf(0), [["+I", 1]]);
  await runBatch(sink, batchOf(1), []);
  const again = await open(host);
  expect(await runBatch(again, batchOf(0, 2), [["+I", 9]])).toBe(false);
  expect(await runBatch(again, batchOf(1, 2), [["+I", 2]])).toBe(true);
  expect(await committed(host)).toBe(line(1) + line(2));
});

test("an aborted batch leaves nothing and can be written again", async () => {
  const host = new SimHost();
  const sink = await open(host);
  sink.begin(batchOf(0));
  for (let id = 0; id < 5000; id++) sink.write("+I", { id, name: "x".repeat(20) });
  await sink.abort(batchOf(0));
  expect(host.fs.files("/home/out").filter((path) => path.includes("part"))).toEqual([]);
  await runBatch(sink, batchOf(0), [["+I", 1]]);
  await sink.close();
  expect(await committed(host)).toBe(line(1));
});

test("files are read in a stream as the sink writes them", async () => {
  const host = new SimHost();
  const sink = await open(host);
  await runBatch(sink, batchOf(0), [["+I", 1]]);
  const stream = await fileSource({ path: "out" }).openStream?.(sourceContext(host));
  const first = await stream?.latest(undefined, 0, false);
  await runBatch(sink, batchOf(1), [["+I", 2]]);
  const second = await stream?.latest(first, 1, false);
  expect(stream === undefined ? "" : await textOf(stream.read(first, second ?? ""))).toBe(line(2));
});

test("a long life compacts its manifest", async () => {
  const host = new SimHost();
  let sink = await open(host);
  for (let id = 0; id < 57; id++) {
    await runBatch(sink, batchOf(id), [["+I", id]]);
    if (id % 13 === 0) sink = await open(host);
  }
  expect(readManifest(host, "/home/out").entries.map((entry) => entry.batch)).toEqual([...Array(57).keys()]);
  expect(host.fs.files("/home/out/_sluice").length).toBeLessThan(15);
  expect(ordered(await committed(host))).toBe(Array.from({ length: 57 }, (_, id) => line(id)).join(""));
});

describe("who may write into a folder", () => {
  test("another query and another checkpoint may not", async () => {
    const host = new SimHost();
    await open(host);
    expect(await codeOf(() => open(host, { queryName: "other" }))).toBe("R7303");
    expect(await codeOf(() => open(host, { checkpointId: "22222222-2222-2222-2222-222222222222" }))).toBe("R7303");
    expect(await codeOf(() => open(host))).toBeUndefined();
  });

  test("a bounded run needs an empty one", async () => {
    const host = new SimHost();
    host.fs.put("/home/out/readme", "x");
    expect(await codeOf(() => open(host, { bounded: true }))).toBe("R7304");
    host.fs.remove("/home/out/readme");
    const cut = await open(host, { bounded: true });
    cut.begin(batchOf(0));
    cut.write("+I", { id: 1, name: null });
    await cut.prepare(batchOf(0));
    const sink = await open(host, { bounded: true });
    await runBatch(sink, batchOf(0), [["+I", 1]]);
    expect(await codeOf(() => open(host, { bounded: true }))).toBe("R7304");
    expect(await codeOf(() => open(host))).toBe("R7303");
  });

  test("part files that no manifest knows are not taken over, and a file is no target", async () => {
    const host = new SimHost();
    host.fs.put("/home/out/part-0-0-1.json", "{}\n");
    expect(await codeOf(() => open(host))).toBe("R7305");
    const other = new SimHost();
    other.fs.put("/home/out", "x");
    expect(await codeOf(() => open(other))).toBe("R7302");
  });

  test("a damaged manifest is an error that names the file", async () => {
    const host = new SimHost();
    await runBatch(await open(host), batchOf(0), [["+I", 1]]);
    const text = host.fs.text("/home/out/_sluice/0") ?? "";
    for (const damaged of [text.slice(0, -3), text.replace('"rows":1', '"rows":2'), "", text.replace("manifest 1", "manifest 2")]) {
      host.fs.put("/home/out/_sluice/0", damaged);
      expect(await codeOf(() => open(host))).toBe("R7306");
    }
  });
});

test("what the disk refuses is a coded error and leaves the committed batches", async () => {
  for (const [operation, nth] of [["write", 1], ["sync", 1], ["open", 1], ["renameWithoutReplace", 1], ["renameWithoutReplace", 2], ["syncDirectory", 1]] as const) {
    const host = new SimHost();
    const sink = await open(host);
    await runBatch(sink, batchOf(0), [["+I", 1]]);
    host.fs.failAt(operation, nth, "ENOSPC");
    expect(await codeOf(() => runBatch(sink, batchOf(1), [["+I", 2]]))).toBe("R7307");
    const again = await open(host.afterCrash());
    expect(await codeOf(() => runBatch(again, batchOf(1, 2), [["+I", 2]]))).toBeUndefined();
  }
});

test("a kill between the link and the unlink of a rename is mended by the next start", async () => {
  let host = new SimHost();
  await runBatch(await open(host), batchOf(0), [["+I", 1]]);
  const sink = await open(host);
  // The entry of the manifest is linked first, then the file.
  host.crashAt("file.linked", 2);
  await expect(runBatch(sink, batchOf(1), [["+I", 2]])).rejects.toBeInstanceOf(SimulatedCrash);
  host = host.afterCrash("kill");
  expect(host.fs.list("/home/out")).toEqual(expect.arrayContaining(["_part-1-0-1.json", "part-1-0-1.json"]));
  await open(host);
  expect(host.fs.files("/home/out").filter((path) => path.includes("part"))).toEqual(["/home/out/part-0-0-1.json", "/home/out/part-1-0-1.json"]);
  expect(await committed(host)).toBe(line(1) + line(2));
});

test("a start that is killed there while it finishes a rename is mended by the one after it", async () => {
  let host = new SimHost();
  const sink = await open(host);
  host.crashAt("sink-manifest.durable");
  await expect(runBatch(sink, batchOf(0), [["+I", 1]])).rejects.toBeInstanceOf(SimulatedCrash);
  host = host.afterCrash("kill");
  host.crashAt("file.linked");
  await expect(open(host)).rejects.toBeInstanceOf(SimulatedCrash);
  host = host.afterCrash("kill");
  expect(host.fs.list("/home/out")).toEqual(expect.arrayContaining(["_part-0-0-1.json", "part-0-0-1.json"]));
  await open(host);
  expect(host.fs.files("/home/out").filter((path) => path.includes("part"))).toEqual(["/home/out/part-0-0-1.json"]);
});

test("a hidden file beside a visible one of other content is kept, and is an error", async () => {
  const host = new SimHost();
  await runBatch(await open(host), batchOf(0), [["+I", 1]]);
  host.fs.put("/home/out/_part-0-0-1.json", line(2));
  expect(await codeOf(() => open(host))).toBe("R7309");
  expect(host.fs.text("/home/out/_part-0-0-1.json")).toBe(line(2));
});

test("a target whose newest committed files are gone or cut is an error at the start", async () => {
  for (const spoil of [(host: SimHost) => host.fs.remove("/home/out/part-1-0-1.json"), (host: SimHost) => host.fs.put("/home/out/part-0-0-1.json", "{")]) {
    const host = new SimHost();
    const sink = await open(host);
    for (const id of [0, 1]) await runBatch(sink, batchOf(id), [["+I", id]]);
    spoil(host);
    expect(await codeOf(() => open(host))).toBe("R7309");
  }
  const compacted = new SimHost();
  const sink = await open(compacted);
  for (let id = 0; id < 10; id++) await runBatch(sink, batchOf(id), [["+I", id]]);
  expect(compacted.fs.list("/home/out/_sluice")).toContain("9.compact");
  compacted.fs.remove("/home/out/part-9-0-1.json");
  expect(await codeOf(() => open(compacted))).toBe("R7309");
});

test("a reader finds a file that is renamed while it looks, and does not drop one that is lost", async () => {
  const host = new SimHost();
  await runBatch(await open(host), batchOf(0), [["+I", 1]]);
  host.fs.rename("/home/out/part-0-0-1.json", "/home/out/_part-0-0-1.json");
  const stat = host.fs.stat.bind(host.fs);
  vi.spyOn(host.fs, "stat").mockImplementation((path) => {
    if (path.endsWith("/_part-0-0-1.json") && stat(path) !== undefined) host.fs.rename(path, "/home/out/part-0-0-1.json");
    return stat(path);
  });
  expect(await committed(host)).toBe(line(1));
  host.fs.remove("/home/out/part-0-0-1.json");
  expect(await codeOf(() => committed(host))).toBe("R7309");
});

test("rows that are not inserted are refused", async () => {
  const sink = await open(new SimHost());
  sink.begin(batchOf(0));
  expect(await codeOf(() => sink.write("+U", { id: 1, name: null }))).toBe("R7308");
});

/** Points in the life of a sink over twelve batches, so that compaction is among them. */
const batches = 12;

async function life(host: SimHost, attempt: number): Promise<void> {
  const sink = await open(host);
  for (let id = 0; id < batches; id++) await runBatch(sink, batchOf(id, attempt), [["+I", id * 2], ["+I", id * 2 + 1]]);
}

test("a crash between any two writes, and a restart, give each batch once; no reader sees a torn or superseded file", async () => {
  const whole = new SimHost();
  await life(whole, 1);
  const expected = Array.from({ length: batches * 2 }, (_, id) => line(id)).join("");
  const points = new Map<string, number>();
  for (const point of whole.reached) points.set(point, (points.get(point) ?? 0) + 1);
  let crashes = 0;
  for (const [point, count] of points) {
    for (let nth = 1; nth <= count; nth++) {
      for (const loss of ["kill", "power loss"] as const) {
        const host = new SimHost({ seed: crashes + 1 });
        host.crashAt(point, nth);
        await expect(life(host, 1)).rejects.toBeInstanceOf(SimulatedCrash);
        crashes++;
        const restarted = host.afterCrash(loss);
        if (restarted.fs.stat("/home/out") !== undefined) {
          for (const seen of [await visible(restarted), await committed(restarted)]) {
            expect(expected.startsWith(ordered(seen)), `${point} ${nth}`).toBe(true);
            expect(seen.split("\n").length % 2, `${point} ${nth}`).toBe(1);
          }
        }
        await life(restarted, 2);
        expect(ordered(await committed(restarted)), `${point} ${nth} ${loss}`).toBe(expected);
        expect(ordered(await visible(restarted)), `${point} ${nth} ${loss}`).toBe(expected);
        expect(restarted.fs.files("/home/out").filter((path) => /\/_part|\.tmp$/.test(path))).toEqual([]);
      }
    }
  }
  expect(crashes).toBeGreaterThan(150);
});
