import { expect, test } from "vitest";
import { fileSink, fileSource, type FileSinkOptions } from "../../../runtime/connectors/file.ts";
import { readManifest } from "../../../runtime/connectors/file/manifest-reader.ts";
import type { Sink, SinkContext } from "../../../runtime/connectors/sink.ts";
import { SimulatedCrash } from "../../../runtime/errors/simulated-crash.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { batchOf, runBatch, sinkContext, type TestRow } from "./sink-support.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

function open(host: SimHost, options: Partial<FileSinkOptions> = { replace: true }, context: Partial<SinkContext<TestRow>> = {}): Promise<Sink<TestRow>> {
  return fileSink({ path: "out", ...options }).open(sinkContext(host, { mode: "complete", ...context }));
}

async function table(host: SimHost, path: string): Promise<string> {
  const source = await fileSource({ path }).openTable?.(sourceContext(host));
  return source === undefined ? "" : textOf(source.read());
}

const line = (id: number): string => `{"id":${id},"name":"n${id}"}\n`;
const version = (id: number): string => line(id) + line(id + 100);
const visible = (host: SimHost): readonly string[] => host.fs.files("/home/out").filter((path) => !path.includes("/_"));

test("each batch takes the place of the one before, in one file whose name stays", async () => {
  const host = new SimHost();
  const sink = await open(host);
  for (const id of [0, 1, 2]) {
    await runBatch(sink, batchOf(id), [["+I", id], ["+I", id + 100]]);
    expect(visible(host)).toEqual(["/home/out/part-0-0-0.json"]);
    expect(await table(host, "out")).toBe(version(id));
    expect(await table(host, "out/*.json")).toBe(version(id));
    expect(readManifest(host, "/home/out").entries.map((entry) => entry.batch)).toEqual([id]);
    expect(host.fs.list("/home/out/_sluice")?.length).toBe(2);
  }
  await runBatch(sink, batchOf(3), []);
  expect(await table(host, "out")).toBe("");
  expect(visible(host)).toEqual(["/home/out/part-0-0-0.json"]);
  expect(await runBatch(await open(host), batchOf(3, 2), [["+I", 9]])).toBe(false);
});

test("a reader that has opened a version reads it to its end, while the next one takes its place", async () => {
  const host = new SimHost();
  const sink = await open(host);
  const rows = Array.from({ length: 20_000 }, (_, id) => ["+I", id] as const);
  await runBatch(sink, batchOf(0), rows);
  const source = await fileSource({ path: "out" }).openTable?.(sourceContext(host));
  let text = "";
  for await (const chunk of source?.read() ?? []) {
    if (text === "") await runBatch(sink, batchOf(1), [["+I", 7]]);
    text += Buffer.from(chunk.bytes.subarray(chunk.start, chunk.end)).toString();
  }
  expect(text).toBe(rows.map(([, id]) => line(id)).join(""));
  expect(await table(host, "out")).toBe(line(7));
});

test("a version that takes the file's place just before it is opened is not read as far as the former one went", async () => {
  const host = new SimHost();
  await runBatch(await open(host), batchOf(0), [["+I", 1], ["+I", 2]]);
  const openFile = host.fs.open.bind(host.fs);
  host.fs.open = (path, flags) => {
    if (flags === "read") host.fs.put(path, `${line(3)}${line(4)}${line(5)}`);
    return openFile(path, flags);
  };
  expect(await codeOf(() => table(host, "out"))).toBe("R7204");
});

test("a file that only has the name of a version is looked at again when it is read", async () => {
  const host = new SimHost();
  host.fs.put("/home/in/part-0-0-0.json", line(1));
  const source = await fileSource({ path: "in" }).openTable?.(sourceContext(host));
  const read = async (): Promise<void> => {
    for await (const _ of source?.read() ?? []) host.fs.put("/home/in/part-0-0-0.json", line(2) + line(3));
  };
  expect(await codeOf(read)).toBe("R7204");
});

test("a bounded run replaces what a bounded run has written, and nothing else", async () => {
  const host = new SimHost();
  for (const id of [1, 2]) {
    await runBatch(await open(host, { replace: true }, { bounded: true }), batchOf(0), [["+I", id]]);
    expect(await table(host, "out")).toBe(line(id));
  }
  expect(await codeOf(() => open(host))).toBe("R7303");
  expect(await codeOf(() => open(host, {}, { bounded: true }))).toBe("R7304");
  expect(await codeOf(() => open(host, { replace: true }, { bounded: true, queryName: "other" }))).toBe("R7303");
  const streamed = new SimHost();
  await runBatch(await open(streamed), batchOf(0), [["+I", 1]]);
  expect(await codeOf(() => open(streamed, { replace: true }, { bounded: true }))).toBe("R7303");
  const foreign = new SimHost();
  foreign.fs.put("/home/out/readme", "x");
  expect(await codeOf(() => open(foreign, { replace: true }, { bounded: true }))).toBe("R7304");
});

test("appended files and a result that is replaced do not mix", async () => {
  const appended = new SimHost();
  await runBatch(await open(appended, {}), batchOf(0), [["+I", 1]]);
  expect(await codeOf(() => open(appended))).toBe("R7310");
  const replaced = new SimHost();
  await runBatch(await open(replaced), batchOf(0), [["+I", 1]]);
  expect(await codeOf(() => open(replaced, {}))).toBe("R7310");
});

test("a version in another format takes the place of the one before too", async () => {
  const host = new SimHost();
  await runBatch(await open(host), batchOf(0), [["+I", 1]]);
  await runBatch(await open(host, { replace: true, format: "csv" }), batchOf(1), [["+I", 2]]);
  expect(visible(host)).toEqual(["/home/out/part-0-0-0.csv"]);
  await open(host, { replace: true, format: "csv" });
  expect(await table(host, "out")).toBe("2,n2\n");
});

const batches = 3;

async function life(host: SimHost, attempt: number, format: "json" | "csv" | undefined): Promise<void> {
  for (let id = 0; id < batches; id++) {
    const sink = await open(host, { replace: true, ...(format === "csv" && id === batches - 1 ? { format } : {}) });
    await runBatch(sink, batchOf(id, attempt), [["+I", id], ["+I", id + 100]]);
  }
}

test("a crash between any two writes leaves the old version or the new one, whole, for every reader", async () => {
  const whole = new SimHost();
  await life(whole, 1, undefined);
  const points = new Map<string, number>();
  for (const point of whole.reached) points.set(point, (points.get(point) ?? 0) + 1);
  const versions = ["", ...Array.from({ length: batches }, (_, id) => version(id))];
  for (const [point, count] of points) {
    for (let nth = 1; nth <= count; nth++) {
      for (const loss of ["kill", "power loss"] as const) {
        const name = `${point} ${nth} ${loss}`;
        const host = new SimHost({ seed: nth });
        host.crashAt(point, nth);
        await expect(life(host, 1, undefined)).rejects.toBeInstanceOf(SimulatedCrash);
        const restarted = host.afterCrash(loss);
        if (restarted.fs.stat("/home/out") !== undefined) {
          expect(versions, name).toContain(await table(restarted, "out"));
          if (visible(restarted).length > 0) expect(versions, name).toContain(await table(restarted, "out/*.json"));
        }
        await life(restarted, 2, undefined);
        expect(await table(restarted, "out"), name).toBe(version(batches - 1));
        expect(await table(restarted, "out/*.json"), name).toBe(version(batches - 1));
        expect(restarted.fs.files("/home/out"), name).toHaveLength(3);
      }
    }
  }
});

test("a crash while the format changes leaves one version at the end", async () => {
  const whole = new SimHost();
  await life(whole, 1, "csv");
  for (const point of new Set(whole.reached)) {
    const host = new SimHost();
    host.crashAt(point, whole.reached.filter((reached) => reached === point).length);
    await expect(life(host, 1, "csv")).rejects.toBeInstanceOf(SimulatedCrash);
    const restarted = host.afterCrash("kill");
    const sink = await open(restarted, { replace: true, format: "csv" });
    await runBatch(sink, batchOf(batches - 1, 2), [["+I", 2], ["+I", 102]]);
    await open(restarted, { replace: true, format: "csv" });
    expect(visible(restarted), point).toEqual(["/home/out/part-0-0-0.csv"]);
    expect(await table(restarted, "out"), point).toBe("2,n2\n102,n102\n");
  }
});

test("files older than the retention leave the manifest when it is compacted, and are no strangers", async () => {
  const host = new SimHost();
  const settings = { retention: 3_000_000 };
  let sink = await open(host, settings);
  for (let id = 0; id < 25; id++) {
    await runBatch(sink, batchOf(id), [["+I", id]]);
    await host.clock.advance(1_000);
    if (id % 7 === 0) sink = await open(host, settings);
  }
  const { entries } = readManifest(host, "/home/out");
  expect(entries[0]).toMatchObject({ expired: true, files: [] });
  expect(entries.slice(1).map((entry) => entry.batch)).toEqual(Array.from({ length: 24 - (entries[0]?.batch ?? 0) }, (_, at) => at + 1 + (entries[0]?.batch ?? 0)));
  expect(entries[0]?.batch).toBeGreaterThan(10);
  expect(await table(host, "out")).not.toContain(line(3));
  expect(visible(host)).toHaveLength(25);
  host.fs.remove("/home/out/part-3-0-1.json");
  await open(host, settings);
});
