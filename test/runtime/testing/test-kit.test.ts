import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { JobDefinition } from "../../../runtime/query/definition.ts";
import { startHarness, testJob } from "../../../runtime/testing/index.ts";
import { filesBeside } from "../../support/analyze-text.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const jobOf = (text: string): JobDefinition => loadJob(compileText(text, { optimize: true }));

const clicks = jobOf(`
  schema Click { at: timestamp, page: string }
  source clicks: Click from file("in/clicks", format: "json")
  table owners: { page: string, owner: string } from file("in/owners", format: "json")
  sink late into file("out/late", format: "json")
  stream timed = clicks |> watermark at delay 1 minute late into late
  sink pages = timed |> aggregate count() as n group by page, tumbling(at, 10 minutes) into file("out/pages", format: "json")
  sink totals = clicks |> join owners on clicks.page = owners.page |> aggregate count() as n group by owner into memory() mode update
  sink all_pages = clicks |> aggregate count() as n group by page into memory() mode complete
`);

const click = (page: string, at: string): { readonly page: string; readonly at: string } => ({ page, at: `2024-01-01T${at}Z` });
const tables = { owners: [{ page: "/a", owner: "ann" }, { page: "/b", owner: "bob" }] };

it("feeds rows to sources and reads the results of all sinks", async () => {
  const kit = testJob(clicks, { tables });
  kit.add("clicks", [click("/a", "00:01:00"), click("/b", "00:02:00"), click("/a", "00:03:00")]);
  await kit.step();
  expect(kit.rows("totals")).toEqual([{ owner: "ann", n: 2 }, { owner: "bob", n: 1 }]);
  expect(kit.rows("all_pages")).toEqual([{ page: "/a", n: 2 }, { page: "/b", n: 1 }]);
  expect(kit.rows("pages")).toEqual([]);
  kit.add("clicks", [click("/a", "00:04:00")]);
  const batches = await kit.step();
  expect(batches.filter(({ sink }) => sink === "totals")).toEqual([
    { query: "totals", sink: "totals", id: 1, attempt: 1, watermark: null, inputRows: expect.any(Number) as number, rows: [{ kind: "+U", row: { owner: "ann", n: 3 } }] },
  ]);
  expect(kit.rows("totals")).toEqual([{ owner: "ann", n: 3 }, { owner: "bob", n: 1 }]);
  expect(kit.batches("totals")).toHaveLength(2);
  await kit.stop();
});

it("lets event time pass, closes windows, and shows state and late rows", async () => {
  const kit = testJob(clicks, { tables, queries: ["pages"] });
  kit.add("clicks", [click("/a", "00:01:00"), click("/a", "00:02:00")]);
  await kit.step();
  expect(kit.state("pages/aggregate")).toEqual([{ key: { page: "/a", window_start: "2024-01-01T00:00:00.000Z", window_end: "2024-01-01T00:10:00.000Z" }, value: { n: 2 } }]);
  await kit.advanceEventTime("2024-01-01T00:10:59.999Z");
  expect(kit.rows("pages")).toEqual([]);
  await kit.advanceEventTime("2024-01-01T00:11:00Z", "timed");
  expect(kit.rows("pages")).toEqual([{ page: "/a", window_start: "2024-01-01T00:00:00.000Z", window_end: "2024-01-01T00:10:00.000Z", n: 2 }]);
  expect(kit.state("pages/aggregate")).toEqual([]);
  kit.add("clicks", [click("/late", "00:09:00"), click("/b", "00:12:00")]);
  await kit.step();
  expect(kit.late("late")).toMatchObject([{ page: "/late" }]);
  await kit.restart();
  expect(kit.batches("pages").at(-1)?.watermark).toBe("2024-01-01T00:11:00.000Z");
  await kit.drain();
  expect(kit.rows("pages")).toHaveLength(2);
  expect(() => kit.state("nothing")).toThrow("pages/aggregate");
  await expect(kit.advanceEventTime("2024-01-01T00:11:00Z", "other")).rejects.toThrow("`other` has no watermark");
});

it("crashes where it is told to, and goes on with other partitions as if nothing had been", async () => {
  for (const loss of ["power loss", "kill"] as const) {
    const kit = testJob(clicks, { tables, queries: ["totals"] });
    kit.add("clicks", [click("/a", "00:01:00")]);
    await kit.step();
    kit.crashAt("sinks.prepared");
    kit.add("clicks", [click("/a", "00:02:00"), click("/b", "00:02:00")]);
    await kit.step();
    expect(kit.crashed).toBe(true);
    const [again] = await kit.restart({ loss, partitions: 7 });
    expect(again).toMatchObject({ id: 1, attempt: 2 });
    expect(kit.crashed).toBe(false);
    expect(kit.rows("totals")).toEqual([{ owner: "ann", n: 2 }, { owner: "bob", n: 1 }]);
    await kit.stop();
  }
});

it("keeps the connectors that it is told to, over files of the simulated disk", async () => {
  const kit = testJob(clicks, { ownConnectors: ["clicks"], queries: ["all_pages"], files: { "in/clicks/1.json": '{"page":"/x","at":"2024-01-01T00:00:00Z"}\n' } });
  await kit.step();
  kit.putFile("in/clicks/2.json", '{"page":"/y","at":"2024-01-01T00:00:00Z"}\n');
  await kit.step();
  expect(kit.rows("all_pages")).toEqual([{ page: "/x", n: 1 }, { page: "/y", n: 1 }]);
  expect(() => kit.add("clicks", [])).toThrow("keeps its own connector");
  await kit.stop();
});

it("shows the states of a user's functions", async () => {
  const files = new URL("../../samples/queries/user-state-rows/", import.meta.url);
  const text = readFileSync(new URL("query.sluice", files), "utf8");
  const functions: Readonly<Record<string, unknown>> = await import(new URL("functions.ts", files).href);
  const job = loadJob(compileText(text, { optimize: true, files: filesBeside(fileURLToPath(new URL("query.sluice", files))) }), { "./functions.ts": functions });
  const kit = testJob(job, { queries: ["so_far", "alarms"] });
  kit.add("clicks", [{ user: 1, page: "/a", at: "2024-01-01T00:00:00Z" }, { user: 1, page: "/b", at: "2024-01-01T00:10:00Z" }]);
  await kit.step();
  expect(kit.state("so_far/state")).toEqual([{ key: { user: 1 }, value: { first: new Date("2024-01-01T00:00:00Z"), pages: 2 } }]);
  const [alarm] = kit.state("alarms/state");
  expect(alarm).toMatchObject({ key: { user: 1 }, value: { count: 2, timers: { eventTime: ["2024-01-01T01:00:00.000Z"], processingTime: [] } } });
  await kit.advanceEventTime("2024-01-01T01:11:00Z");
  expect(kit.rows("alarms")).toMatchObject([{ user: 1, count: 2 }]);
  await kit.stop();
});

it("says what a job does not have", async () => {
  const kit = testJob(clicks);
  expect(() => kit.add("owners", [])).toThrow("is a table");
  expect(() => kit.add("nobody", [])).toThrow("no input `nobody`: clicks, owners");
  expect(() => kit.rows("nothing")).toThrow("no sink `nothing`");
  expect(() => kit.late("nothing")).toThrow("no side output");
  await expect(testJob(clicks, { queries: ["nothing"] }).step()).rejects.toThrow("no query `nothing`");
});

it("rejects what waits for a query that fails", async () => {
  const kit = testJob(jobOf("source a: { v: int } from queue()\nsink out = a into memory()"));
  kit.add("a", ["not json"]);
  await expect(kit.step()).rejects.toThrow();
  expect(kit.crashed).toBe(false);
});

it("feeds records in the format of the source", async () => {
  const kit = testJob(jobOf('source a: { k: string, v: int } from socket("127.0.0.1", 9, format: "csv") sink out = a into memory()'));
  kit.add("a", ["x,1", "y,2"]);
  await kit.step();
  expect(kit.rows("out")).toEqual([{ k: "x", v: 1 }, { k: "y", v: 2 }]);
  await kit.stop();
});

it("runs triggers and processing-time windows under the virtual clock", async () => {
  const kit = testJob(jobOf("source a: { k: string } from queue() sink out = a |> aggregate count() as n group by tumbling(current_timestamp(), 1 minute) into memory() trigger every 10 seconds"), { now: "2024-01-01T00:00:00Z" });
  await kit.step();
  for (let tick = 0; tick < 7; tick++) {
    kit.add("a", [{ k: "x" }]);
    await kit.advanceTime("10 seconds");
  }
  expect(kit.rows("out")).toEqual([{ window_start: "2024-01-01T00:00:00.000Z", window_end: "2024-01-01T00:01:00.000Z", n: 5 }]);
  expect(kit.batches("out").map(({ inputRows }) => inputRows)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  await kit.stop();
});

it("reads a stream of several sinks once, starts it once, and takes no second start on its checkpoint", async () => {
  const job = jobOf(`
    option sinks = "together"
    source words: { word: string } from queue(oneAtATime: true)
    stream upper_words = words |> select upper(word) as word
    sink all = upper_words into memory()
    sink counted = upper_words |> aggregate count() as n group by word per batch into memory()
  `);
  expect(job.queries.map(({ reads }) => Object.keys(reads))).toEqual([["words"]]);
  const kit = testJob(job);
  for (const words of [["a", "a"], ["b"]]) kit.add("words", words.map((word) => ({ word })));
  await kit.step();
  expect(kit.rows("all")).toEqual([{ word: "A" }, { word: "A" }, { word: "B" }]);
  expect(kit.batches("counted").map(({ rows }) => rows.map(({ row }) => row))).toEqual([[{ word: "A", n: 2 }], [{ word: "B", n: 1 }]]);
  expect(() => startHarness(job, { host: kit.host })).toThrow("another query of this process has the checkpoint");
  await kit.stop();
});
