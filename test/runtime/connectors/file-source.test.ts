import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fileSource } from "../../../runtime/connectors/file.ts";
import type { FileSourceOptions } from "../../../runtime/connectors/file.ts";
import type { SourceLog, StreamSource } from "../../../runtime/connectors/source.ts";
import { VolatileLog } from "../../../runtime/connectors/volatile-log.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

async function open(host: SimHost, log: SourceLog, options: Partial<FileSourceOptions> = {}, format = "json", isLastRun = false): Promise<{ source: StreamSource; warnings: string[] }> {
  const context = sourceContext(host, { log, format, isLastRun });
  const source = await fileSource({ path: "data", ...options }).openStream?.(context);
  if (source === undefined) throw new TypeError("no stream");
  return { source, warnings: context.warnings };
}

function hostWith(files: readonly string[]): SimHost {
  const host = new SimHost();
  files.forEach((text, at) => host.fs.put(`/home/data/f${at}`, text, 1000 + at));
  return host;
}

test("a stream takes each file once, oldest first, within its limit", async () => {
  const host = hostWith(["{}\n", "[1]\n", "[2]\n"]);
  const { source } = await open(host, new VolatileLog(), { maxFilesPerTrigger: 2 });
  const first = await source.latest(undefined, 0, false);
  expect(first).toBe('{"logOffset":0}');
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("{}\n[1]\n");
  const second = await source.latest(first, 1, false);
  expect(await textOf(source.read(first, second ?? ""))).toBe("[2]\n");
  expect(await source.latest(second, 2, false)).toBe(second);
  host.fs.put("/home/data/late-and-old", "[3]\n", 1);
  const third = await source.latest(second, 2, false);
  expect(await textOf(source.read(second, third ?? ""))).toBe("[3]\n");
});

test("a frozen end leaves out files that come later", async () => {
  const host = hostWith(["[0]\n", "[1]\n"]);
  const { source } = await open(host, new VolatileLog(), { maxFilesPerTrigger: 1n });
  await source.freezeEnd();
  host.fs.put("/home/data/new", "[9]\n");
  const first = await source.latest(undefined, 0, false);
  const second = await source.latest(first, 1, false);
  expect(await textOf(source.read(first, second ?? ""))).toBe("[1]\n");
  expect(await source.latest(second, 2, false)).toBe(second);
});

test("without limits one batch takes all", async () => {
  const { source } = await open(hostWith(["[0]\n", "[1]\n"]), new VolatileLog(), { maxFilesPerTrigger: 1 });
  expect(await textOf(source.read(undefined, (await source.latest(undefined, 0, true)) ?? ""))).toBe("[0]\n[1]\n");
});

test("a restart goes on behind the files of the log, and a log entry without offsets loses and doubles nothing", async () => {
  const host = hostWith(["[0]\n", "[1]\n"]);
  const log = new VolatileLog();
  const before = await open(host, log, { maxFilesPerTrigger: 1 });
  const first = await before.source.latest(undefined, 0, false);
  await before.source.latest(first, 1, false);
  host.fs.put("/home/data/f1", "[1]\n[1.5]\n", 5000);
  const { source } = await open(host, log, { maxFilesPerTrigger: 1 });
  const second = await source.latest(first, 1, false);
  expect(second).toBe('{"logOffset":1}');
  expect(await textOf(source.read(first, second ?? ""))).toBe("[1]\n[1.5]\n");
  expect(await source.latest(second, 2, false)).toBe(second);
});

test("a log entry without offsets whose files are gone is forgotten", async () => {
  const host = hostWith(["[0]\n"]);
  const log = new VolatileLog();
  await (await open(host, log)).source.latest(undefined, 0, false);
  host.fs.remove("/home/data/f0");
  const { source } = await open(host, log);
  expect(await source.latest(undefined, 0, false)).toBeUndefined();
  host.fs.put("/home/data/g", "[7]\n");
  expect(await textOf(source.read(undefined, (await source.latest(undefined, 0, false)) ?? ""))).toBe("[7]\n");
});

test("a long log is read from its newest full entry on", async () => {
  const host = hostWith(Array.from({ length: 300 }, (_, at) => `[${at}]\n`));
  const log = new VolatileLog();
  let from: string | undefined;
  for (let batch = 0; batch < 290; batch++) {
    const { source } = await open(host, log, { maxFilesPerTrigger: 1 });
    const to = await source.latest(from, batch, false);
    expect(await textOf(source.read(from, to ?? ""))).toBe(`[${batch}]\n`);
    source.commit(to ?? "", batch);
    from = to;
  }
  const { source } = await open(host, log);
  expect(await textOf(source.read(from, (await source.latest(from, 290, false)) ?? ""))).toBe(Array.from({ length: 10 }, (_, at) => `[${at + 290}]\n`).join(""));
});

test("old entries go while one source runs on", async () => {
  const host = hostWith(Array.from({ length: 300 }, (_, at) => `[${at}]\n`));
  const log = new VolatileLog();
  const { source } = await open(host, log, { maxFilesPerTrigger: 1 });
  let from: string | undefined;
  for (let batch = 0; batch < 300; batch++) {
    from = await source.latest(from, batch, false);
    source.commit(from ?? "", batch);
  }
  expect(log.entries().length).toBeLessThan(130);
  const again = await open(host, log);
  expect(await again.source.latest(from, 300, false)).toBe(from);
});

test("a file that is gone, shorter, longer or rewritten since it was logged is an error", async () => {
  for (const change of [
    (host: SimHost) => host.fs.remove("/home/data/f0"),
    (host: SimHost) => host.fs.put("/home/data/f0", "[", 1000),
    (host: SimHost) => host.fs.put("/home/data/f0", "[0]\n[1]\n", 1000),
    (host: SimHost) => host.fs.put("/home/data/f0", "[9]\n", 1001),
  ]) {
    const host = hostWith(["[0]\n"]);
    const { source } = await open(host, new VolatileLog());
    const to = await source.latest(undefined, 0, false);
    change(host);
    expect(await codeOf(() => textOf(source.read(undefined, to ?? "")))).toBe("R7204");
  }
});

test("a file that changes after it was read is warned of once and not read again; an empty file waits", async () => {
  const host = hostWith(["[0]\n", ""]);
  const { source, warnings } = await open(host, new VolatileLog());
  const to = await source.latest(undefined, 0, false);
  expect(await textOf(source.read(undefined, to ?? ""))).toBe("[0]\n");
  host.fs.put("/home/data/f0", "[0]\n[1]\n");
  expect(await source.latest(to, 1, false)).toBe(to);
  expect(await source.latest(to, 1, false)).toBe(to);
  expect(warnings).toHaveLength(1);
  host.fs.put("/home/data/f1", "[2]\n");
  expect(await textOf(source.read(to, (await source.latest(to, 1, false)) ?? ""))).toBe("[2]\n");
});

test("a last line without a line end is a record of a stream if it is whole", async () => {
  for (const text of ['{"a":1}\n{"a":"}"}', '{"a":1}\nnull', '{"a":"\\""}', "]"]) {
    const { source, warnings } = await open(hostWith([text]), new VolatileLog());
    expect(await textOf(source.read(undefined, (await source.latest(undefined, 0, false)) ?? ""))).toBe(text);
    expect(warnings).toEqual([]);
  }
  const { source } = await open(hostWith(["{cut"]), new VolatileLog(), {}, "text");
  expect(await textOf(source.read(undefined, (await source.latest(undefined, 0, false)) ?? ""))).toBe("{cut");
});

test("a file of JSON that is cut off is left, with one warning, until it is complete, and does not hold up the others", async () => {
  for (const cut of ['{"a":1}\n{"a":"x\\"', '{"a":1}\n{"a":{"b":1}', "{", `{"a":"${"x".repeat(200_000)}`]) {
    const host = hostWith([cut, "[1]\n", "[2]\n"]);
    const { source, warnings } = await open(host, new VolatileLog(), { maxFilesPerTrigger: 1 });
    await source.freezeEnd();
    const first = await source.latest(undefined, 0, false);
    expect(await textOf(source.read(undefined, first ?? ""))).toBe("[1]\n");
    const second = await source.latest(first, 1, true);
    expect(await textOf(source.read(first, second ?? ""))).toBe("[2]\n");
    expect(await source.latest(second, 2, false)).toBe(second);
    host.fs.put("/home/data/f0", `${cut} `);
    expect(await source.latest(second, 2, false)).toBe(second);
    expect(warnings).toEqual([expect.stringContaining("data/f0 is cut off")]);
    host.fs.put("/home/data/f0", "[0]\n");
    expect(await textOf(source.read(second, (await source.latest(second, 2, false)) ?? ""))).toBe("[0]\n");
  }
});

test("where nothing is read after the run, a cut-off file is an error once the whole files are taken", async () => {
  const host = hostWith(["[0]\n[", "[1]\n"]);
  const log = new VolatileLog();
  const { source } = await open(host, log, {}, "json", true);
  const first = await source.latest(undefined, 0, false);
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("[1]\n");
  expect(await codeOf(() => source.latest(first, 1, false))).toBe("R7205");
  host.fs.put("/home/data/f0", "[0]\n[2]\n");
  const again = await open(host, log, {}, "json", true);
  expect(await textOf(again.source.read(first, (await again.source.latest(first, 1, false)) ?? ""))).toBe("[0]\n[2]\n");
});

test("a file is the same however its path is written and from wherever the job is run; messages call it as it was written", async () => {
  const host = hostWith(["[0]\n"]);
  const log = new VolatileLog();
  const { source } = await open(host, log);
  const first = await source.latest(undefined, 0, false);
  for (const path of ["./data/", "/home/data", "data//f*", "../home/{data,./data}/*"]) {
    const { source: again } = await open(host, log, { path });
    expect(await again.latest(first, 1, false), path).toBe(first);
  }
  // Another process in another folder: the batch is run again, and nothing is new.
  const elsewhere = host.afterCrash("kill");
  Object.assign(elsewhere.process, { workingDirectory: "/" });
  const { source: moved } = await open(elsewhere, log, { path: "home/data" });
  const chunks = [];
  for await (const chunk of moved.read(undefined, first ?? "")) chunks.push(chunk.origin);
  expect(chunks).toEqual(["data/f0"]);
  expect(await moved.latest(first, 1, false)).toBe(first);
});

test("a path that is not there is an error for streams and tables; an empty folder is an empty table", async () => {
  const host = new SimHost();
  expect(await codeOf(() => fileSource({ path: "nowhere" }).openStream?.(sourceContext(host)))).toBe("R7202");
  expect(await codeOf(() => fileSource({ path: "nowhere" }).openTable?.(sourceContext(host)))).toBe("R7202");
  host.fs.put("/home/some/_hidden", "x");
  const table = await fileSource({ path: "some" }).openTable?.(sourceContext(host));
  expect(table === undefined ? "none" : await textOf(table.read())).toBe("");
  expect(await codeOf(() => fileSource({ path: "some/*.json" }).openTable?.(sourceContext(host)))).toBe("R7202");
  expect(await codeOf(() => fileSource({ path: "some/*.json" }).openStream?.(sourceContext(host)))).toBeUndefined();
});

test("a table is read as it is now, and its fingerprint tells of changes", async () => {
  const host = hostWith(["[0]\n", "[1]"]);
  const table = await fileSource({ path: "data/*" }).openTable?.(sourceContext(host));
  if (table === undefined) throw new TypeError("no table");
  expect(await textOf(table.read())).toBe("[0]\n[1]");
  const before = table.fingerprint();
  expect(table.fingerprint()).toBe(before);
  host.fs.put("/home/data/f2", "[2]\n");
  expect(table.fingerprint()).not.toBe(before);
  expect(await textOf(table.read())).toBe("[0]\n[1][2]\n");
});

test("options are checked at start", async () => {
  expect(await codeOf(() => fileSource({ path: "" }))).toBe("R7201");
  expect(await codeOf(() => fileSource({ path: "a", maxFilesPerTrigger: 0 }))).toBe("R7201");
  expect(await codeOf(() => fileSource({ path: "a", maxFilesPerTrigger: 1.5 }))).toBe("R7201");
});

test("a line beyond the limit is an error, a long one below it comes whole", async () => {
  const line = `"${"x".repeat(300_000)}"\n`;
  const host = hostWith([`1\n${line}2\n`]);
  const table = await fileSource({ path: "data" }).openTable?.(sourceContext(host));
  expect(table === undefined ? "" : await textOf(table.read())).toBe(`1\n${line}2\n`);
  const small = await fileSource({ path: "data", maxRecordBytes: 100_000 }).openTable?.(sourceContext(host));
  expect(await codeOf(async () => (small === undefined ? "" : textOf(small.read())))).toBe("R7206");
});

test("chunks are whole lines with their offsets, whatever the lengths of the lines", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 150_000 }), { maxLength: 12 }), fc.boolean(), async (lengths, ended) => {
      const text = lengths.map((length, at) => String(at % 10).repeat(length)).join("\n") + (ended && lengths.length > 0 ? "\n" : "");
      const table = await fileSource({ path: "data" }).openTable?.(sourceContext(hostWith([text])));
      if (table === undefined) throw new TypeError("no table");
      let all = "";
      for await (const chunk of table.read()) {
        expect(chunk.offset).toBe(all.length);
        expect(chunk.origin).toBe("data/f0");
        const piece = Buffer.from(chunk.bytes.subarray(chunk.start, chunk.end)).toString("latin1");
        all += piece;
        expect(piece.endsWith("\n") || all.length === text.length).toBe(true);
      }
      expect(all).toBe(text);
    }),
    { numRuns: 40 },
  );
});
