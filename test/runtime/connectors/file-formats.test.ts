import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { fileSink, fileSource, type FileSinkOptions } from "../../../runtime/connectors/file.ts";
import { csvFraming } from "../../../runtime/formats/csv/csv-framing.ts";
import { SimulatedCrash } from "../../../runtime/errors/simulated-crash.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import type { Sink } from "../../../runtime/connectors/sink.ts";
import { batchOf, runBatch, sinkContext, type TestRow } from "./sink-support.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

function open(host: SimHost, options: Partial<FileSinkOptions>): Promise<Sink<TestRow>> {
  return fileSink({ path: "out", ...options }).open(sinkContext(host));
}

async function table(host: SimHost, path: string, framing = csvFraming()): Promise<string> {
  const opened = await fileSource({ path }).openTable?.({ ...sourceContext(host), framing });
  return opened === undefined ? "" : textOf(opened.read());
}

test("rows go into folders by the values of columns, which leave the rows", async () => {
  const host = new SimHost();
  const sink = await open(host, { partitionBy: ["name"] });
  await runBatch(sink, batchOf(0), [["+I", 1, "a"], ["+I", 2, "../b"], ["+I", 3, "a"], ["+I", 4, null], ["+I", 5, "."]]);
  expect(host.fs.files("/home/out").filter((path) => path.includes("part"))).toEqual([
    "/home/out/name=./part-0-3-1.json", "/home/out/name=..%2Fb/part-0-1-1.json", "/home/out/name=__HIVE_DEFAULT_PARTITION__/part-0-2-1.json", "/home/out/name=a/part-0-0-1.json",
  ]);
  expect(host.fs.text("/home/out/name=a/part-0-0-1.json")).toBe('{"id":1}\n{"id":3}\n');
});

test.each<readonly [NonNullable<FileSinkOptions["format"]>, NonNullable<FileSinkOptions["compression"]>, string]>([
  ["parquet", "deflate", '"none", "gzip", "snappy", "zstd"'],
  ["avro", "gzip", '"none", "deflate", "snappy", "zstd"'],
  ["json", "snappy", '"none", "gzip"'],
])("%s that is to be compressed with %s, of which a param may speak, is refused", async (format, compression, words) => {
  await expect(open(new SimHost(), { format, compression })).rejects.toMatchObject({ code: "R7301", what: `\`compression\` of file must be one of ${words}, found "${compression}"` });
});

test("a crash between any two writes of a partitioned batch, and a restart, give each row once", async () => {
  const rows = [["+I", 1, "a"], ["+I", 2, "b"], ["+I", 3, "a"]] as const;
  const straight = new SimHost();
  await runBatch(await open(straight, { partitionBy: ["name"], compression: "gzip" }), batchOf(0), rows);
  for (let at = 0; at < straight.reached.length; at++) {
    for (const loss of ["power loss", "kill"] as const) {
      const point = straight.reached[at] ?? "";
      const host = new SimHost();
      host.crashAt(point, straight.reached.slice(0, at + 1).filter((name) => name === point).length);
      await expect((async () => runBatch(await open(host, { partitionBy: ["name"], compression: "gzip" }), batchOf(0), rows))(), point).rejects.toThrow(SimulatedCrash);
      const next = host.afterCrash(loss);
      const sink = await open(next, { partitionBy: ["name"], compression: "gzip" });
      await runBatch(sink, batchOf(0, 2), rows);
      const files = next.fs.files("/home/out").filter((path) => path.includes("part-"));
      const texts = files.map((path) => `${path.split("/")[3]}: ${gunzipSync(next.fs.readFile(path) ?? new Uint8Array(0)).toString()}`);
      expect(texts, `${point} ${loss}`).toEqual(['name=a: {"id":1}\n{"id":3}\n', 'name=b: {"id":2}\n']);
      expect((await table(next, "out")).split("\n").sort().join(), `${point} ${loss}`).toBe(',{"id":1},{"id":2},{"id":3}');
    }
  }
});

test("a batch may have more partitions than files may be open", async () => {
  const host = new SimHost();
  const sink = await open(host, { partitionBy: ["name"], format: "csv", header: true });
  const rows = Array.from({ length: 600 }, (_, id) => ["+I", id, `p${id % 300}`] as const);
  await runBatch(sink, batchOf(0), rows);
  const files = host.fs.files("/home/out").filter((path) => path.includes("part-"));
  expect(files.length).toBe(300);
  expect(host.fs.text("/home/out/name=p7/part-0-7-1.csv")).toBe("id\n7\n307\n");
});

test("an aborted batch leaves no file in any folder", async () => {
  const host = new SimHost();
  const sink = await open(host, { partitionBy: ["name"] });
  sink.begin(batchOf(0));
  for (let id = 0; id < 20_000; id++) sink.write("+I", { id, name: `p${id % 3}` });
  await sink.abort(batchOf(0));
  expect(host.fs.files("/home/out").filter((path) => path.includes("part"))).toEqual([]);
});

test("a bounded run may write again where one died before it committed, and nowhere else", async () => {
  const host = new SimHost();
  host.crashAt("sink-file.prepared");
  const bounded = { bounded: true };
  const target = (on: SimHost): Promise<Sink<TestRow>> => fileSink({ path: "out", partitionBy: ["name"] }).open(sinkContext(on, bounded));
  await expect((async () => runBatch(await target(host), batchOf(0), [["+I", 1, "a"]]))()).rejects.toThrow(SimulatedCrash);
  const next = host.afterCrash("kill");
  await runBatch(await target(next), batchOf(0), [["+I", 1, "a"]]);
  expect(await codeOf(() => target(next))).toBe("R7304");
});

test("a compressed file is read in chunks of whole records, with its places in the decompressed text", async () => {
  const host = new SimHost();
  const lines = Array.from({ length: 20_000 }, (_, at) => `${at},"line ${at}\n${"x".repeat(at % 50)}"\n`);
  const text = lines.join("");
  host.fs.put("/home/in/1.csv.gz", gzipSync(text));
  const source = await fileSource({ path: "in" }).openTable?.({ ...sourceContext(host), framing: csvFraming() });
  let read = "";
  for await (const chunk of source?.read() ?? []) {
    expect(chunk.offset).toBe(read.length);
    expect(chunk.file?.name).toBe("1.csv.gz");
    const part = Buffer.from(chunk.bytes.subarray(chunk.start, chunk.end)).toString();
    expect(part.endsWith('"\n')).toBe(true);
    read += part;
  }
  expect(read).toBe(text);
});

test("archives that break off or are none are told of", async () => {
  const host = new SimHost();
  const archive = gzipSync("a,1\n".repeat(100_000));
  host.fs.put("/home/cut/1.csv.gz", archive.subarray(0, archive.length - 10));
  host.fs.put("/home/no/1.csv.gz", "a,1\n");
  host.fs.put("/home/zst/1.csv.zst", "a,1\n");
  host.fs.put("/home/empty/1.csv.gz", "");
  host.fs.put("/home/nothing/1.csv.gz", gzipSync(""));
  expect(await codeOf(() => table(host, "cut"))).toBe("R7216");
  expect(await codeOf(() => table(host, "no"))).toBe("R7217");
  expect(await codeOf(() => table(host, "zst"))).toBe("createZstdDecompress" in (await import("node:zlib")) ? "R7217" : "R7215");
  expect(await codeOf(() => table(host, "empty"))).toBe("R7216");
  expect(await table(host, "nothing")).toBe("");
});

test("files in another encoding are read as UTF-8, compressed too", async () => {
  const host = new SimHost();
  host.fs.put("/home/in/1.csv.gz", gzipSync(Buffer.from("café,ñ\n".repeat(20_000), "latin1")));
  host.fs.put("/home/wide/1.csv", Buffer.from("\ufeffé,€\n", "utf16le"));
  host.fs.put("/home/odd/1.csv", Buffer.from([0x41, 0x00, 0x42]));
  const read = async (path: string, encoding: string): Promise<string> => {
    const source = await fileSource({ path, encoding }).openTable?.(sourceContext(host));
    return Buffer.from(source === undefined ? "" : await textOf(source.read()), "latin1").toString("utf8");
  };
  expect(await read("in", "ISO-8859-1")).toBe("café,ñ\n".repeat(20_000));
  expect(await read("wide", "UTF-16LE")).toBe("é,€\n");
  expect(await codeOf(() => read("odd", "UTF-16LE"))).toBe("R7218");
  expect(await codeOf(() => read("in", "klingon"))).toBe("R7201");
});

test("reading may stop in the middle of an archive", async () => {
  const host = new SimHost();
  host.fs.put("/home/in/1.csv.gz", gzipSync("a,1\n".repeat(100_000)));
  const source = await fileSource({ path: "in" }).openTable?.({ ...sourceContext(host), framing: csvFraming() });
  for await (const chunk of source?.read() ?? []) {
    expect(chunk.offset).toBe(0);
    break;
  }
});
