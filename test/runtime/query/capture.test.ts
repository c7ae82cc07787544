import { expect, test } from "vitest";
import type { JsonWriter } from "../../../runtime/formats/json-writer.ts";
import type { BatchEnd, BatchListener } from "../../../runtime/query/batch-listener.ts";
import { capturedResult, readCapture } from "../../../runtime/query/capture-reader.ts";
import { CaptureFile } from "../../../runtime/query/capture.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { batchOf } from "../connectors/sink-support.ts";

const query = (name: string): { name: string; encodeJson(row: number | bigint, out: JsonWriter): void } => ({
  name,
  encodeJson: (row, out) => {
    out.raw('{"x":');
    out.long(row);
    out.raw("}");
  },
});

function end(id: number, counts: Partial<BatchEnd> = {}): BatchEnd {
  return { batch: batchOf(id), watermark: null, inputRows: 6, outputRows: 0, late: 0, malformed: 0, ...counts };
}

function write(listener: BatchListener<number | bigint>, id: number, rows: readonly (number | bigint)[], attempt = 1): void {
  listener.begin(batchOf(id, attempt));
  for (const row of rows) listener.row("+I", row);
  listener.end(end(id));
}

const path = "/home/out.ndjson";

test("rows and ends of batches are lines of JSON, a watermark is a time, infinite, or null", () => {
  const host = new SimHost();
  const capture = new CaptureFile(host, { path: "out.ndjson", keep: false, changelog: false });
  const listener = capture.listener(query('q"1'));
  listener.begin(batchOf(0));
  listener.row("+I", 1n << 62n);
  listener.row("-D", 2);
  listener.end(end(0, { watermark: 0, outputRows: 2, late: 3 }));
  listener.begin(batchOf(1));
  listener.end(end(1, { watermark: Infinity }));
  capture.close();
  expect(host.fs.text(path)).toBe(
    [
      '{"query":"q\\"1","batch":0,"kind":"+I","row":{"x":4611686018427387904}}',
      '{"query":"q\\"1","batch":0,"kind":"-D","row":{"x":2}}',
      '{"query":"q\\"1","batch":0,"watermark":"1970-01-01T00:00:00.000Z","inputRows":6,"outputRows":2,"late":3,"malformed":0}',
      '{"query":"q\\"1","batch":1,"watermark":"Infinity","inputRows":6,"outputRows":0,"late":0,"malformed":0}',
      "",
    ].join("\n"),
  );
});

test("with the changelog, the rows before updates are there too; without a kept checkpoint the file starts empty", () => {
  const host = new SimHost();
  host.fs.put(path, "old\n");
  const capture = new CaptureFile(host, { path, keep: false, changelog: true });
  const listener = capture.listener(query("q"));
  expect(listener.wantsRowsBefore).toBe(true);
  listener.begin(batchOf(0));
  listener.row("-U", 1);
  listener.row("+U", 2);
  listener.end(end(0));
  expect(readCapture(host.fs.text(path) ?? "")[0]?.rows).toEqual([{ kind: "-U", json: '{"x":1}' }, { kind: "+U", json: '{"x":2}' }]);
});

test("a batch that is written again opens with its attempt and readers keep the last one; a torn line is cut off", () => {
  const host = new SimHost();
  const whole = new CaptureFile(host, { path, keep: true, changelog: false });
  write(whole.listener(query("a")), 0, [1]);
  write(whole.listener(query("b")), 0, [9]);
  write(whole.listener(query("a")), 1, [2, 3]);
  whole.close();
  host.fs.put(path, `${host.fs.text(path) ?? ""}{"query":"a","batch":2,"ki`);
  const again = new CaptureFile(host, { path, keep: true, changelog: false });
  write(again.listener(query("a")), 1, [4]);
  write(again.listener(query("a")), 2, [5], 2);
  const text = host.fs.text(path) ?? "";
  expect(text).toContain('{"query":"a","batch":1,"attempt":2}\n');
  expect(readCapture(text).map(({ query: name, batch, attempt, rows }) => [name, batch, attempt, rows.map((row) => row.json)])).toEqual([
    ["a", 0, 1, ['{"x":1}']],
    ["a", 1, 2, ['{"x":4}']],
    ["a", 2, 2, ['{"x":5}']],
    ["b", 0, 1, ['{"x":9}']],
  ]);
});

test("a batch that was written in part and begun again in one run is superseded", () => {
  const host = new SimHost();
  const capture = new CaptureFile(host, { path, keep: false, changelog: false });
  const listener = capture.listener(query("q"));
  listener.begin(batchOf(0));
  for (let row = 0; row < 50_000; row++) listener.row("+I", row);
  write(listener, 0, [7]);
  expect(readCapture(host.fs.text(path) ?? "").map((batch) => [batch.attempt, batch.rows.length])).toEqual([[2, 1]]);
});

test("the lines of queries that start anew are taken away, those of the others stay as they are", () => {
  const host = new SimHost();
  const first = new CaptureFile(host, { path, keep: true, changelog: false });
  const names = ["kept", 'ane"w', "kept"];
  names.forEach((name, at) => write(first.listener(query(name)), at, [at]));
  first.close();
  const before = (host.fs.text(path) ?? "").split("\n");
  host.fs.put(path, `${before.join("\n")}{"query":"kept"`);
  const again = new CaptureFile(host, { path, keep: true, startsAnew: (name) => name === 'ane"w', changelog: false });
  again.open();
  expect(host.fs.text(path)).toBe(before.filter((line) => !line.includes("ane")).join("\n"));
  write(again.listener(query('ane"w')), 1, [7]);
  write(again.listener(query("kept")), 2, [8]);
  expect(readCapture(host.fs.text(path) ?? "").map(({ query: name, batch, attempt, rows }) => [name, batch, attempt, rows[0]?.json])).toEqual([
    ["kept", 0, 1, '{"x":0}'],
    ["kept", 2, 2, '{"x":8}'],
    ['ane"w', 1, 1, '{"x":7}'],
  ]);
  expect(host.fs.files("/home")).toEqual([path]);
});

test("a line that no capture wrote is an error that names it, and leaves the file as it is", () => {
  const good = '{"query":"q","batch":0,"attempt":3}';
  for (const foreign of ["", "hello", "{}", "[1]", '{"query":"q","batch":1,"ki', '{"query":"q","batch":1,"kind":"+I","row":{"x":1}', '{"query":"q","batch":1,"kind":"+I","row":{"x"{"query":"q","batch":1}}', '{"query":"\\x","batch":1,"watermark":null}', "\0\0", `{"query":"${"\\x".repeat(700_000)}`]) {
    const host = new SimHost();
    const text = `${good}\n${foreign}\n${good}\n`;
    host.fs.put(path, text);
    const capture = new CaptureFile(host, { path, keep: true, changelog: false });
    expect(() => capture.open(), foreign.slice(0, 100)).toThrow(expect.objectContaining({ code: "R7331", where: `${path}, line 2` }));
    expect(host.fs.text(path)).toBe(text);
  }
});

test("a file is taken over in pieces, whatever the length of it and of its lines", () => {
  const host = new SimHost();
  const row = (name: string, batch: number, length: number): string => `{"query":"${name}","batch":${batch},"kind":"+I","row":{"x":"${"é".repeat(length)}"}}\n`;
  const lines = [row("q", 0, 10), row("other", 0, 1_500_000), row("q", 1, 524_288 - 60), row("q", 2, 2_000_000), '{"query":"q","batch":2,"attempt":4}\n', row("q", 2, 5), row("other", 1, 1), row("q", 3, 900_000)];
  host.fs.put(path, lines.join(""));
  host.fs.readFile = () => {
    throw new RangeError("the file is larger than a buffer can be");
  };
  const capture = new CaptureFile(host, { path, keep: true, startsAnew: (name) => name === "other", changelog: false });
  write(capture.listener(query("q")), 2, [7]);
  const file = host.fs.open(path, "read");
  const bytes = Buffer.alloc(10_000_000);
  const text = bytes.toString("utf8", 0, file.read(bytes, 0, bytes.length, 0));
  expect(text).toBe(`${lines.filter((line) => !line.includes("other")).join("")}{"query":"q","batch":2,"attempt":5}\n{"query":"q","batch":2,"kind":"+I","row":{"x":7}}\n{"query":"q","batch":2,"watermark":null,"inputRows":6,"outputRows":0,"late":0,"malformed":0}\n`);
});

test("the lines of a batch are durable when its end was written", () => {
  const host = new SimHost();
  const capture = new CaptureFile(host, { path, keep: true, changelog: false });
  write(capture.listener(query("q")), 0, [1]);
  expect(readCapture(host.afterCrash().fs.text(path) ?? "")).toHaveLength(1);
});

test("the result of a capture follows its mode", () => {
  const text = [
    '{"query":"q","batch":0,"kind":"+I","row":{"k":9007199254740993,"n":1}}',
    '{"query":"q","batch":0,"kind":"+I","row":{"k":9007199254740992,"n":1}}',
    '{"query":"q","batch":1,"kind":"+U","row":{"k":9007199254740993,"n":2}}',
    '{"query":"q","batch":1,"kind":"-D","row":{"k":9007199254740992,"n":1}}',
  ].join("\n");
  const batches = readCapture(text);
  expect(capturedResult(batches, "update", ["k"])).toEqual(['{"k":9007199254740993,"n":2}']);
  expect(capturedResult(batches, "complete")).toHaveLength(2);
  expect(capturedResult(batches, "append")).toHaveLength(4);
});
