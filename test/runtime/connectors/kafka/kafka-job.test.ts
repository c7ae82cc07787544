import { expect, test } from "vitest";
import { startHarness, type Harness, type HarnessOptions } from "../../../../runtime/testing/harness.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { compileText, loadJob } from "../../../support/load-job.ts";

function started(text: string, broker: KafkaInMemory, options: HarnessOptions = {}): Harness {
  return startHarness(loadJob(compileText(text, { optimize: true })), { kafka: broker.factory, ...options });
}

function clicks(...values: readonly (string | null)[]): KafkaInMemory {
  const broker = new KafkaInMemory();
  broker.createTopic("clicks", 2);
  values.forEach((value, at) => broker.append("clicks", at % 2, { value, key: `k${at}`, headers: { n: String(at) }, timestamp: 1_000_000 * at }));
  return broker;
}

async function rowsOf(harness: Harness): Promise<readonly unknown[]> {
  const batches = await harness.settle();
  if (harness.failure !== undefined) throw harness.failure;
  const rows = batches.flatMap((batch) => batch.rows.map(({ row }) => row));
  await harness.stop();
  return rows;
}

const from = 'from kafka("memory:9092", subscribe: "clicks", startingOffsets: "earliest"';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const values = ['{"page":"a","n":1}', '{"page":"b",\n"n":2}', "broken", '{"n":4,"page":"d"}', null, ""];

test("rows of JSON know their message where the job names it", async () => {
  const text = `source clicks: { page: string, n: int } ${from}, format: "json", malformed: "drop")\nsink out = clicks |> where n > 1 |> select page, _kafka.topic as t, _kafka.partition as p, _kafka.offset as o, _kafka.timestamp as at into memory()`;
  expect(await rowsOf(started(text, clicks(...values)))).toEqual([
    { page: "b", t: "clicks", p: 1, o: 0, at: 1_000_000 },
    { page: "d", t: "clicks", p: 1, o: 1, at: 3_000_000 },
  ]);
});

test("malformed messages are rows of nulls, which know their message", async () => {
  const text = `source clicks: { page: string?, n: int? } ${from}, format: "json", malformed: "null")\nsink out = clicks |> select page, _kafka.partition as p, _kafka.offset as o into memory()`;
  const rows = await rowsOf(started(text, clicks(...values)));
  expect(rows).toEqual([{ page: "a", p: 0, o: 0 }, { page: null, p: 0, o: 1 }, { page: null, p: 0, o: 2 }, { page: "b", p: 1, o: 0 }, { page: "d", p: 1, o: 1 }, { page: null, p: 1, o: 2 }]);
});

test("a message is one record: an array is malformed, and a byte order mark before the record is none of it", async () => {
  const given = clicks("[]", '[{"page":"a","n":1},{"page":"b","n":2}]', ' [{"page":"a","n":1}]', '\uFEFF{"page":"c","n":3}');
  const malformed = (policy: string): string => `source clicks: { page: string?, n: int? } ${from}, format: "json", malformed: "${policy}")\nsink out = clicks |> select page, n, _kafka.partition as p, _kafka.offset as o into memory()`;
  expect(await rowsOf(started(malformed("null"), given))).toEqual([{ page: null, n: null, p: 0, o: 0 }, { page: null, n: null, p: 0, o: 1 }, { page: null, n: null, p: 1, o: 0 }, { page: "c", n: 3, p: 1, o: 1 }]);
  const dropping = started(malformed("drop"), given);
  const batches = await dropping.settle();
  expect(batches.flatMap(({ rows }) => rows.map(({ row }) => row))).toEqual([{ page: "c", n: 3, p: 1, o: 1 }]);
  await dropping.stop();
  const failing = started(malformed("fail"), given);
  await failing.settle();
  expect(failing.failure).toMatchObject({ code: "R7212", what: expect.stringContaining("the message holds an array") });
});

test("malformed messages fail the query with topic, partition and offset", async () => {
  const harness = started(`source clicks: { page: string, n: int } ${from}, format: "json")\nsink out = clicks into memory()`, clicks(...values));
  await harness.settle();
  expect(String(harness.failure)).toContain("topic clicks, partition 0, offset 1");
});

test("messages as they are have their key, value, headers and place as columns", async () => {
  const [first, tombstone] = await rowsOf(started(`source clicks ${from})\nsink out = clicks into memory()`, clicks("v", "w", null)));
  expect(first).toEqual({ key: bytes("k0"), value: bytes("v"), topic: "clicks", partition: 0, offset: 0, timestamp: 0, timestampType: 0, headers: [{ key: "n", value: bytes("0") }] });
  expect(tombstone).toMatchObject({ value: null, partition: 0, offset: 1 });
});

test("csv and text are read message by message", async () => {
  expect(await rowsOf(started(`source clicks: { page: string, n: int } ${from}, format: "csv")\nsink out = clicks into memory()`, clicks('"a\nb",1', "c,2\n")))).toEqual([{ page: "a\nb", n: 1 }, { page: "c", n: 2 }]);
  expect(await rowsOf(started(`source clicks ${from}, format: "text")\nsink out = clicks into memory()`, clicks("a\nb", "")))).toEqual([{ value: "a\nb" }, { value: "" }]);
});

test("a batch that was cut off is run again with the messages that it had", async () => {
  const broker = clicks('{"page":"a","n":1}', '{"page":"b","n":2}');
  const text = `source clicks: { page: string, n: int } ${from}, format: "json")\nsink out = clicks |> aggregate sum(n) as total, count() as c into memory() mode update`;
  for (const point of ["offsets.synced", "batch.chunk", "sinks.committed", "source-log.synced"]) {
    const harness = started(text, broker);
    harness.crashAt(point);
    await harness.settle();
    if (harness.isActive) throw new Error(`${point} was not reached`);
    broker.append("clicks", 0, '{"page":"late","n":10}');
    const batches = [...(await harness.restart()), ...(await harness.settle())];
    if (harness.failure !== undefined) throw harness.failure;
    const last = batches.flatMap(({ rows }) => rows).at(-1)?.row;
    const messages = broker.messages("clicks").length;
    expect([point, last]).toEqual([point, { total: 3 + 10 * (messages - 2), c: messages }]);
    await harness.stop();
  }
});

test("a bounded run reads all that there is", async () => {
  const text = `source clicks: { page: string, n: int } from kafka("memory:9092", subscribe: "clicks", format: "json")\nsink out = clicks |> aggregate sum(n) as total into memory() mode complete`;
  expect(await rowsOf(started(text, clicks('{"page":"a","n":1}', '{"page":"b","n":2}'), { mode: "batch", checkpoint: null }))).toEqual([{ total: 3 }]);
});

test("a stream is enriched with a table of a topic", async () => {
  const broker = clicks('{"page":"a","n":1}', '{"page":"b","n":2}');
  broker.createTopic("pages");
  broker.append("pages", 0, '{"id":"a","title":"A"}');
  const text = `source clicks: { page: string, n: int } ${from}, format: "json")\ntable pages: { id: string, title: string } from kafka("memory:9092", subscribe: "pages", format: "json")\nsink out = clicks |> join pages on clicks.page == pages.id |> select page, title into memory()`;
  expect(await rowsOf(started(text, broker))).toEqual([{ page: "a", title: "A" }]);
});

test("malformed and oversize messages go where the job says, with topic, partition, offset, bytes and reason, once", async () => {
  const text = `source clicks: { page: string, n: int } ${from}, format: "json", malformed: broken, maxMessageBytes: 40)\nsink broken into file("broken/", format: "json")\nsink out = clicks into memory()`;
  const harness = started(text, clicks(...values, `{"page":"${"x".repeat(50)}","n":7}`), { query: "out" });
  expect(await rowsOf(harness)).toEqual([{ page: "a", n: 1 }, { page: "b", n: 2 }, { page: "d", n: 4 }]);
  const { fs } = harness.host;
  const files = (folder: string): readonly string[] => (fs.list(folder) ?? []).flatMap((name) => (fs.stat(`${folder}/${name}`)?.kind === "directory" ? files(`${folder}/${name}`) : [`${folder}/${name}`]));
  const lines = files("/home/broken").filter((path) => path.endsWith(".json") && !path.includes("_sluice")).flatMap((path) => new TextDecoder().decode(fs.readFile(path)).trim().split("\n"));
  const broken = lines.map((line) => JSON.parse(line) as Record<string, string>);
  expect(broken.map(({ source, position }) => `${source}, ${position}`)).toEqual(["topic clicks, partition 0, offset 1", "topic clicks, partition 0, offset 2", "topic clicks, partition 0, offset 3", "topic clicks, partition 1, offset 2"]);
  expect(broken.map(({ error }) => error)).toEqual([expect.stringContaining("a value should be"), "the message has no value (a tombstone)", expect.stringContaining("maxMessageBytes"), "the value is empty"]);
  expect(broken.map(({ raw }) => (raw === undefined ? undefined : Buffer.from(raw, "base64").toString("utf8")))).toEqual(["broken", "", `{"page":"${"x".repeat(50)}","n":7}`, ""]);
});

test("a sink behind a source takes parts of its messages from those that were read, and writes none of it in their values", async () => {
  const broker = clicks('{"page":"a","n":1}', '{"page":"b","n":2}', '{"page":"c","n":3}');
  broker.createTopic("out", 2);
  const harness = started(`source clicks: { page: string, n: int } ${from}, format: "json")\nsink out = clicks |> where n > 1 into kafka("memory:9092", topic: "out", key: _kafka.key, partition: _kafka.partition, headers: _kafka.headers, format: "json")`, broker);
  await harness.settle();
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  const text = (part: Uint8Array | null): string | null => (part === null ? null : new TextDecoder().decode(part));
  const sent = broker.messages("out").map(({ key, value, headers }) => [text(key), text(value), headers.map(({ key: name, value: own }) => `${name}=${text(own)}`)[0]]);
  expect(sent.sort()).toEqual([["k1", '{"page":"b","n":2}', "n=1"], ["k2", '{"page":"c","n":3}', "n=2"]]);
});

test("in update mode a null and the text null are two keys", async () => {
  const broker = clicks('{"page":null}', '{"page":"null"}', '{"page":"a"}', '{"page":null}');
  broker.createTopic("out");
  const harness = started(`source clicks: { page: string? } ${from}, format: "json")\nsink out = clicks |> aggregate count() as n group by page into kafka("memory:9092", topic: "out", format: "json") mode update`, broker);
  await harness.settle();
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  const sent = broker.messages("out").map(({ key, value }) => [key, value].map((part) => new TextDecoder().decode(part ?? new Uint8Array())).join(" "));
  expect(sent.sort()).toEqual(['"a" {"page":"a","n":1}', '"null" {"page":"null","n":1}', 'null {"page":null,"n":2}']);
});
