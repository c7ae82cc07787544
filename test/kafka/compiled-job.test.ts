import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, it } from "vitest";
import { kafkajsClient } from "../../runtime/connectors/kafka/client/kafkajs-client.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { start } from "../../runtime/query/start.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { readTopic } from "./support/read-topic.ts";

const address = inject("kafka");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString("utf8"));

async function send(topic: string, messages: readonly (readonly [key: string, value: string | null, headers?: Readonly<Record<string, string>>])[]): Promise<void> {
  const client = await kafkajsClient({ brokers: [address], clientId: "test", connectionTimeout: 5000, requestTimeout: 10_000, retries: 20, retryInterval: 200, report: () => undefined });
  const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
  try {
    const producer = await client.producer({ compression: "none" });
    await producer.send(messages.map(([key, value, headers = {}]) => ({ topic, partition: 0, key: bytes(key), value: value === null ? null : bytes(value), headers: Object.entries(headers).map(([name, header]) => ({ key: name, value: bytes(header) })) })));
    await producer.close();
  } finally {
    await client.close();
  }
}

/** Runs a job's text twice over what there is: the second run finds nothing new, and sends nothing. */
async function run(job: string): Promise<void> {
  const checkpoint = mkdtempSync(join(tmpdir(), "sluice-kafka-job-"));
  folders.push(checkpoint);
  const definition = loadJob(compileText(job, { optimize: true }));
  for (let round = 0; round < 2; round++) {
    const { manager } = start(definition, { host: nodeHost(), mode: "available now", checkpoint });
    await Promise.all(manager.active.map((query) => query.awaitTermination()));
  }
}

/** Key, value and the job's own headers of the messages of a topic, in the order of their keys. */
async function read(topic: string): Promise<readonly unknown[]> {
  const messages = await readTopic(address, topic, "read_committed", true);
  const shown = messages.map(({ key, value, headers }) => [text(key), text(value), headers.filter((header) => !header.key.startsWith("sluice.")).map((header) => `${header.key}=${text(header.value)}`)]);
  return shown.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

const bids: Parameters<typeof send>[1] = [
  ["a", '{"auction":1,"bidder":"ann","price":200.5,"labels":{"x":"y"}}', { h: "1" }],
  ["b", '{"auction":2,"bidder":"bob","price":50,"labels":null}'],
  ["c", "{broken"],
  ["d", null],
  ["e", '{"auction":9007199254740993,"bidder":"änn","price":300,"labels":{}}'],
];

it("a compiled job reads messages in a format, and writes messages of its rows", async () => {
  const input = await freshTopic(address, "bids");
  const [dear, broken] = [await freshTopic(address, "dear"), await freshTopic(address, "broken")];
  await send(input, bids);
  await run(`
schema Bid { auction: long, bidder: string, price: double, labels: map<string, string>? }
source bids: Bid from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "json", malformed: "broken")
sink broken into kafka("${address}", topic: "${broken}", format: "json")
sink dear = bids
  |> where price > 100.0
  |> select auction, bidder, labels, _kafka.offset as place, cast(_kafka.key as string) as k
  into kafka("${address}", topic: "${dear}", key: auction, headers: labels, format: "json", delivery: "exactly once")
`);
  expect(await read(dear)).toEqual([
    ["1", '{"auction":1,"bidder":"ann","labels":{"x":"y"},"place":0,"k":"a"}', ["x=y"]],
    ["9007199254740993", '{"auction":9007199254740993,"bidder":"änn","labels":{},"place":4,"k":"e"}', []],
  ]);
  const reported = (await read(broken)).map((message) => (Array.isArray(message) ? (JSON.parse(String(message[1])) as Readonly<Record<string, unknown>>) : {}));
  expect(reported.map(({ raw, source, position }) => [Buffer.from(String(raw), "base64").toString("utf8"), source, position]).sort()).toEqual([
    ["", `topic ${input}, partition 0`, "offset 3"],
    ["{broken", `topic ${input}, partition 0`, "offset 2"],
  ]);
});

it("a compiled job passes messages on as they are, and takes them apart itself", async () => {
  const input = await freshTopic(address, "bids");
  const [copies, bidders] = [await freshTopic(address, "copies"), await freshTopic(address, "bidders")];
  await send(input, bids);
  await run(`
source messages from kafka("${address}", assign: { \`${input}\`: [0] }, startingOffsets: { \`${input}\`: { \`0\`: -2 } })
sink copies = messages |> select key, value, headers into kafka("${address}", topic: "${copies}")
sink bidders = messages |> parse json(value) as { bidder: string } |> where bidder is not null |> select bidder
  into kafka("${address}", topic: "${bidders}", key: { b: bidder }, headers: { of: bidder }, format: "text", compression: "lz4")
`);
  expect(await read(copies)).toEqual(bids.map(([key, value, headers = {}]) => [key, value, Object.entries(headers).map(([name, header]) => `${name}=${header}`)]));
  expect(await read(bidders)).toEqual(["ann", "bob", "änn"].map((bidder) => [`{"b":"${bidder}"}`, bidder, [`of=${bidder}`]]));
});

it("a compiled job in update mode writes the rows of a result under its key, from a table once", async () => {
  const input = await freshTopic(address, "bids");
  const [counts, whole] = [await freshTopic(address, "counts"), await freshTopic(address, "whole")];
  await send(input, [["a", '{"auction":1,"bidder":"ann"}'], ["b", '{"auction":1,"bidder":null}'], ["c", '{"auction":2,"bidder":"ann"}']]);
  await run(`
schema Bid { auction: long, bidder: string? }
source bids: Bid from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", maxOffsetsPerTrigger: 1, format: "json")
sink counts = bids |> aggregate count() as n group by bidder into kafka("${address}", topic: "${counts}", format: "json", delivery: "exactly once") mode update
`);
  const changes = await read(counts);
  expect(changes).toHaveLength(3);
  expect(changes).toEqual(expect.arrayContaining([['"ann"', '{"bidder":"ann","n":2}', []], ['"ann"', '{"bidder":"ann","n":1}', []], ["null", '{"bidder":null,"n":1}', []]]));
  const { manager } = start(
    loadJob(compileText(`
table bids: { auction: long } from kafka("${address}", subscribe: "${input}", endingOffsets: '{"${input}":{"0":2}}', format: "json")
sink whole = bids |> aggregate count() as n into kafka("${address}", topic: "${whole}", key: "all", value: n)
`, { optimize: true })),
    { host: nodeHost(), mode: "batch" },
  );
  await Promise.all(manager.active.map((query) => query.awaitTermination()));
  expect(await read(whole)).toEqual([["all", "2", []]]);
});
