import { expect, test, vi } from "vitest";
import { overlapsSource } from "../../../runtime/connectors/file/archive-place.ts";
import type { ListedFile } from "../../../runtime/connectors/file/listing.ts";
import { SeenFiles } from "../../../runtime/connectors/file/seen-files.ts";
import { fileSource, type FileSourceOptions } from "../../../runtime/connectors/file.ts";
import type { SourceLog, StreamSource } from "../../../runtime/connectors/source.ts";
import { VolatileLog } from "../../../runtime/connectors/volatile-log.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

/** A stream whose batches are taken, read and committed one after the other, as a query does. */
class Batches {
  readonly warnings: readonly string[];
  readonly source: StreamSource;
  #from: string | undefined;
  #batch = 0;

  private constructor(source: StreamSource, warnings: readonly string[], from: string | undefined, batch: number) {
    this.source = source;
    this.warnings = warnings;
    this.#from = from;
    this.#batch = batch;
  }

  static async open(host: SimHost, options: Partial<FileSourceOptions>, log: SourceLog = new VolatileLog(), from?: string, batch = 0): Promise<Batches> {
    const context = sourceContext(host, { log, format: "text" });
    const source = await fileSource({ path: "data", ...options }).openStream?.(context);
    if (source === undefined) throw new TypeError("no stream");
    return new Batches(source, context.warnings, from, batch);
  }

  /** The text of the next batch; undefined where there is none. */
  async next(ignoreLimits = false): Promise<string | undefined> {
    const to = await this.source.latest(this.#from, this.#batch, ignoreLimits);
    if (to === undefined || to === this.#from) return undefined;
    const text = await textOf(this.source.read(this.#from, to));
    this.source.commit(to, this.#batch++);
    this.#from = to;
    return text;
  }

  async all(): Promise<readonly string[]> {
    const batches: string[] = [];
    for (let text = await this.next(); text !== undefined; text = await this.next()) batches.push(text);
    return batches;
  }
}

/** Puts one-byte files there, each a second younger than the one before. */
function put(host: SimHost, names: string, first = 0): void {
  [...names].forEach((name, at) => host.fs.put(`/home/data/${name}`, name, (first + at) * 1000));
}

test("T02: a batch takes so many files, or so many bytes, and the rest waits", async () => {
  for (const option of [{ maxFilesPerTrigger: 2 }, { maxBytesPerTrigger: 2 }, { maxBytesPerTrigger: 2n }]) {
    const host = new SimHost();
    put(host, "abc");
    const batches = await Batches.open(host, option);
    expect(await batches.all()).toEqual(["ab", "c"]);
    put(host, "defg", 3);
    expect(await batches.all()).toEqual(["de", "fg"]);
    put(host, "hijkl", 7);
    expect(await batches.all()).toEqual(["hi", "jk", "l"]);
  }
});

test("a file larger than the limit of bytes is a batch by itself", async () => {
  const host = new SimHost();
  put(host, "ab");
  host.fs.put("/home/data/big", "x".repeat(10), 2_000);
  put(host, "c", 3);
  expect(await (await Batches.open(host, { maxBytesPerTrigger: 3 })).all()).toEqual(["ab", "x".repeat(10), "c"]);
});

test("T03: once takes all whatever the limit, available now takes what was there by the limit", async () => {
  const host = new SimHost();
  put(host, "123");
  const log = new VolatileLog();
  const once = await Batches.open(host, { maxFilesPerTrigger: 1 }, log);
  expect(await once.next(true)).toBe("123");
  put(host, "45", 3);
  const now = await Batches.open(host, { maxFilesPerTrigger: 1 }, log, '{"logOffset":0}', 1);
  await now.source.freezeEnd();
  put(host, "67", 5);
  expect(await now.all()).toEqual(["4", "5"]);
});

test("T04: the newest files first, and then age does not count under a limit", async () => {
  const host = new SimHost();
  put(host, "12");
  expect(await (await Batches.open(host, { maxFilesPerTrigger: 1 })).all()).toEqual(["1", "2"]);
  expect(await (await Batches.open(host, { maxFilesPerTrigger: 1, latestFirst: true })).all()).toEqual(["2", "1"]);
  host.fs.touch("/home/data/2", 3_601_000);
  expect(await (await Batches.open(host, { maxFilesPerTrigger: 1, latestFirst: true, maxFileAge: 60_000_000 })).all()).toEqual(["2", "1"]);
});

const seen = (absolute: string, modified: number): ListedFile => ({ path: absolute, absolute, size: 1, modified });

test("T05: files are forgotten by their age behind the newest, and what was purged is old", () => {
  const files = new SeenFiles(new VolatileLog(), { fileNameOnly: false, maxFileAge: 10 });
  const add = (at: number, file: ListedFile): void => files.log(at, [file]);
  add(0, seen("/a", 5));
  files.purge();
  expect(files.size).toBe(1);
  add(1, seen("/b", 15));
  files.purge();
  expect(files.size).toBe(2);
  add(2, seen("/c", 16));
  files.purge();
  expect(files.size).toBe(2);
  add(3, seen("/c", 25));
  expect(files.size).toBe(2);
  expect([files.isNew(seen("/c", 20)), files.isNew(seen("/d", 5)), files.isNew(seen("/e", 20))]).toEqual([false, false, true]);
  const rule = new SeenFiles(new VolatileLog(), { fileNameOnly: false, maxFileAge: 10 });
  rule.log(0, [seen("/a", 20)]);
  expect([rule.isNew(seen("/b", 9)), rule.isNew(seen("/b", 10))]).toEqual([true, true]);
  rule.purge();
  expect([rule.isNew(seen("/b", 9)), rule.isNew(seen("/b", 10))]).toEqual([false, true]);
});

test("T05: with fileNameOnly a file is known by its name, in whatever folder and whatever run", async () => {
  const files = new SeenFiles(new VolatileLog(), { fileNameOnly: true, maxFileAge: undefined });
  files.log(0, [seen("/a/b/c/d", 1), seen("/a/b/c/e", 1)]);
  expect([files.isNew(seen("/a/b/c/d", 1)), files.isNew(seen("/x/y/d", 1)), files.isNew(seen("/x/f", 1))]).toEqual([false, false, true]);
  files.log(1, [seen("/bucket/d", 1)]);
  expect(files.size).toBe(2);

  const host = new SimHost();
  host.fs.put("/home/data/x/one", "1", 1_000);
  host.fs.put("/home/data/y/one", "2", 2_000);
  host.fs.put("/home/data/y/two", "3", 3_000);
  const log = new VolatileLog();
  expect(await (await Batches.open(host, { path: "data/*", fileNameOnly: true, maxFilesPerTrigger: 1 }, log)).all()).toEqual(["1", "3"]);
  host.fs.put("/home/data/z/two", "4", 4_000);
  expect(await (await Batches.open(host, { path: "data/*", fileNameOnly: true }, log, '{"logOffset":1}', 2)).all()).toEqual([]);
});

test("files that are older than maxFileAge behind the newest one taken are left out, in this run and the next", async () => {
  const host = new SimHost();
  put(host, "a", 100);
  const log = new VolatileLog();
  const batches = await Batches.open(host, { maxFileAge: 10_000_000 }, log);
  expect(await batches.all()).toEqual(["a"]);
  put(host, "o", 89);
  put(host, "k", 90);
  expect(await batches.all()).toEqual(["k"]);
  put(host, "p", 88);
  expect(await (await Batches.open(host, { maxFileAge: 10_000_000 }, log, '{"logOffset":1}', 2)).all()).toEqual([]);
});

test("T06: a listing serves the batches that its limit leaves files for, unless they are few", async () => {
  const host = new SimHost();
  for (let at = 0; at < 41; at++) host.fs.put(`/home/data/f${at}`, `${at},`, at * 10_000);
  const batches = await Batches.open(host, { maxFilesPerTrigger: 10 });
  const list = vi.spyOn(host.fs, "list");
  const listings: number[] = [];
  for (const first of [0, 10, 20, 30, 40]) {
    expect(await batches.next()).toMatch(new RegExp(`^${first},`));
    listings.push(list.mock.calls.length);
  }
  expect(await batches.next()).toBeUndefined();
  expect([...listings, list.mock.calls.length]).toEqual([1, 1, 1, 1, 2, 3]);

  const newest = await Batches.open(host, { maxFilesPerTrigger: 10, latestFirst: true });
  list.mockClear();
  expect(await newest.all()).toHaveLength(5);
  expect(list).toHaveBeenCalledTimes(6);

  const frozen = await Batches.open(host, { maxFilesPerTrigger: 10 });
  list.mockClear();
  await frozen.source.freezeEnd();
  expect(await frozen.all()).toHaveLength(5);
  expect(list).toHaveBeenCalledTimes(1);
});

test("a file that was listed for a later batch is taken as it is then, or not at all", async () => {
  const host = new SimHost();
  put(host, "abcd");
  const batches = await Batches.open(host, { maxFilesPerTrigger: 1 });
  expect(await batches.next()).toBe("a");
  host.fs.put("/home/data/b", "BB", 50_000);
  host.fs.remove("/home/data/c");
  expect(await batches.all()).toEqual(["BB", "d"]);
});

test("T07: a file is deleted or archived under its whole path once its batch is committed", async () => {
  for (const [cleanSource, kept] of [["delete", []], ["archive", ["/archived/home/data/k %1/a", "/archived/home/data/k %1/b"]]] as const) {
    const host = new SimHost();
    host.fs.put("/home/data/k %1/a", "a", 1_000);
    host.fs.put("/home/data/k %1/b", "b", 2_000);
    const batches = await Batches.open(host, { path: "data/k*", maxFilesPerTrigger: 1, cleanSource, sourceArchiveDir: "/archived" });
    const to = await batches.source.latest(undefined, 0, false);
    expect(await textOf(batches.source.read(undefined, to ?? ""))).toBe("a");
    expect(host.fs.files("/home/data")).toHaveLength(2);
    batches.source.commit(to ?? "", 0);
    expect(host.fs.files("/home/data")).toEqual(["/home/data/k %1/b"]);
    const rest = await Batches.open(host, { path: "data/k*", maxFilesPerTrigger: 1, cleanSource, sourceArchiveDir: "/archived" });
    expect(await rest.all()).toEqual(["b"]);
    expect(host.fs.files("/home/data")).toEqual([]);
    expect(host.fs.files("/archived")).toEqual(kept);
    expect(rest.source.metrics).toEqual({ numFilesCleaned: "1", numFilesNotCleaned: "0" });
  }
});

test("T07: who died between the commit and the cleaning cleans at the next start, and a file that is another by now stays", async () => {
  const host = new SimHost();
  put(host, "ab");
  const log = new VolatileLog();
  const cut = await Batches.open(host, { cleanSource: "delete" }, log);
  await cut.source.latest(undefined, 0, false);
  host.fs.put("/home/data/b", "other", 9_000);
  const again = await Batches.open(host, { cleanSource: "delete" }, log, '{"logOffset":0}', 1);
  expect(host.fs.files("/home/data")).toHaveLength(2);
  expect(await again.next()).toBeUndefined();
  expect(host.fs.files("/home/data")).toEqual(["/home/data/b"]);
});

test("T07: what cannot be cleaned is a warning", async () => {
  const host = new SimHost();
  put(host, "ab");
  host.fs.put("/archived/home/data/b", "taken");
  host.fs.failAt("renameWithoutReplace", 1, "EXDEV");
  const batches = await Batches.open(host, { cleanSource: "archive", sourceArchiveDir: "/archived" });
  expect(await batches.all()).toEqual(["ab"]);
  expect(batches.warnings).toEqual([expect.stringContaining("data/a could not be archived"), expect.stringContaining("data/b could not be archived")]);
  expect(batches.source.metrics).toEqual({ numFilesCleaned: "0", numFilesNotCleaned: "2" });
  expect(host.fs.files("/home/data")).toHaveLength(2);
});

test("T07: an archive that the source could find, and the folder of a sink, are refused", async () => {
  const host = new SimHost();
  for (const [source, archive, meets] of [
    ["/hello*/spar?", "/hello/spark/structured/streaming", true],
    ["/hello*/spar?/structured/streaming", "/hello/spark/structured", true],
    ["/hello*/spar?/structured/*", "/hello/spark/structured/streaming", true],
    ["/{a,hello}/b", "/hello/b/c", true],
    ["/hello*/spar?", "/hello/sparks/structured", false],
    ["/hello/h{a,e}/b", "/hello/hi/b", false],
    ["data/in", "data/archive", false],
    ["data/in", "/home/data/in/archive", true],
  ] as const) {
    expect(overlapsSource(host, source, archive), `${source} ${archive}`).toBe(meets);
  }
  put(host, "a");
  expect(await codeOf(() => Batches.open(host, { cleanSource: "archive", sourceArchiveDir: "data/old" }))).toBe("R7201");
  expect(await codeOf(() => fileSource({ path: "data", cleanSource: "archive" }))).toBe("R7201");
  expect(await codeOf(() => fileSource({ path: "data", maxFilesPerTrigger: 1, maxBytesPerTrigger: 1 }))).toBe("R7201");
  host.fs.put("/home/data/_sluice/0", "sluice-manifest 1\n");
  host.fs.put("/home/more/_sluice/owner.json", "{}");
  host.fs.put("/home/more/part-0-0-1.json", "{}");
  expect(await codeOf(() => Batches.open(host, { path: "more/part-*", cleanSource: "delete" }))).toBe("R7201");
});

test("T08: a restart reads the newest entry that holds all files, and those after it", async () => {
  const host = new SimHost();
  put(host, "abcdefghijklmnopqrstuvwxyz");
  const log = new VolatileLog();
  const batches = await Batches.open(host, { maxFilesPerTrigger: 1 }, log);
  const needed: Record<number, readonly number[]> = {};
  for (let batch = 0; batch < 26; batch++) {
    await batches.next();
    const read = vi.spyOn(log, "read");
    new SeenFiles(log);
    needed[batch] = read.mock.calls.map(([entry]) => entry).sort((a, b) => a - b);
    read.mockRestore();
  }
  expect(needed).toMatchObject({ 0: [0], 8: [0, 1, 2, 3, 4, 5, 6, 7, 8], 9: [9], 11: [9, 10, 11], 19: [19], 25: [19, 20, 21, 22, 23, 24, 25] });
  expect(new SeenFiles(log).size).toBe(26);
});

test("a file that is gone when its batch is read has no rows where that is allowed", async () => {
  const host = new SimHost();
  put(host, "abc");
  for (const [ignoreMissingFiles, expected] of [[true, "ac"], [false, "R7204"]] as const) {
    const batches = await Batches.open(host, { ignoreMissingFiles });
    const to = await batches.source.latest(undefined, 0, false);
    if (ignoreMissingFiles) host.fs.remove("/home/data/b");
    else host.fs.remove("/home/data/c");
    if (ignoreMissingFiles) expect(await textOf(batches.source.read(undefined, to ?? ""))).toBe(expected);
    else expect(await codeOf(() => textOf(batches.source.read(undefined, to ?? "")))).toBe(expected);
    expect(batches.warnings).toHaveLength(ignoreMissingFiles ? 1 : 0);
  }
});
