import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import { kafka } from "../../compiler/catalog/connectors/kafka.ts";
import { kafkajsClient } from "../../runtime/connectors/kafka/client/kafkajs-client.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import type { RunMode } from "../../runtime/query/run-mode.ts";
import { start } from "../../runtime/query/start.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { message, optionsFor, withClient } from "./support/clients.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { readTopic, readValues } from "./support/read-topic.ts";
import { sendMessages } from "./support/send-messages.ts";
import { startBroker, type Broker } from "./support/start-broker.ts";

const address = inject("kafka");
let secured: Broker;
const folders: string[] = [];

beforeAll(async () => {
  secured = await startBroker({ users: [{ name: "alice", password: "alice-secret" }] });
});
afterAll(() => secured.stop());
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Where each option is at work: the file, and words of the test's title. */
const ofBoth: Readonly<Record<string, readonly [file: string, title: string]>> = {
  brokers: ["options", "one of several brokers"],
  clientId: ["options", "what is not committed"],
  tls: ["options", "lets a job in by TLS"],
  tlsCa: ["options", "lets a job in by TLS"],
  tlsCertificate: ["options", "lets a job in by TLS"],
  tlsKey: ["options", "lets a job in by TLS"],
  tlsPassphrase: ["options", "lets a job in by TLS"],
  tlsServerName: ["options", "lets a job in by TLS"],
  sasl: ["options", "lets a job in by SASL"],
  username: ["options", "lets a job in by SASL"],
  password: ["options", "lets a job in by SASL"],
  connectionTimeout: ["options", "brokers that do not answer"],
  requestTimeout: ["options", "brokers that do not answer"],
  retries: ["options", "brokers that do not answer"],
  retryInterval: ["job-away", "a job whose broker is away"],
};
const ofSource: typeof ofBoth = {
  subscribe: ["job-changes", "a topic that is deleted while a job runs"],
  subscribePattern: ["job-changes", "a running job takes up topics"],
  assign: ["compiled-job", "passes messages on as they are"],
  startingOffsets: ["source", "begins at the end, at a time, or where offsets say"],
  endingOffsets: ["compiled-job", "from a table once"],
  startingTimestamp: ["source", "begins at the end, at a time, or where offsets say"],
  endingTimestamp: ["options", "a table between times"],
  startingOffsetsByTimestamp: ["source", "begins at the end, at a time, or where offsets say"],
  endingOffsetsByTimestamp: ["options", "a table between times"],
  startingOffsetsByTimestampStrategy: ["options", "a table between times"],
  failOnDataLoss: ["job-changes", "was deleted and made again"],
  maxOffsetsPerTrigger: ["source", "shared out by what is waiting (T09)"],
  minOffsetsPerTrigger: ["options", "waits until enough is there"],
  maxTriggerDelay: ["options", "waits until enough is there"],
  minPartitions: ["source", "large batches of many sizes"],
  maxRecordsPerPartition: ["options", "waits until enough is there"],
  pollTimeout: ["options", "waits until enough is there"],
  isolation: ["options", "what is not committed"],
  commitOffsetsTo: ["job-changes", "shows how far it is to a group"],
  maxMessageBytes: ["options", "what is not committed"],
  partitionedBy: ["shards", "killed in the middle again and again"],
};
const ofSink: typeof ofBoth = {
  topic: ["compiled-job", "writes messages of its rows"],
  key: ["compiled-job", "writes messages of its rows"],
  value: ["compiled-job", "from a table once"],
  headers: ["compiled-job", "writes messages of its rows"],
  partition: ["options", "a row says its topic and partition"],
  delivery: ["sink", "a batch is seen when it is committed"],
  transactionTimeout: ["sink", "a transaction timeout that the brokers do not allow"],
  commitsTopic: ["conservation", "what is read is accepted, late or malformed"],
  compression: ["sink", "messages sent with compression %s"],
  maxPendingBytes: ["sink", "brokers that are killed and come back in the middle of a batch"],
};

it("every option of the catalogue is named in a test with a broker, which the table tells", () => {
  const names = (place: { readonly options: readonly { readonly name: string }[] } | undefined): readonly string[] => (place?.options ?? []).map(({ name }) => name).sort();
  expect(names(kafka.source)).toEqual([...Object.keys(ofBoth), ...Object.keys(ofSource)].sort());
  expect(names(kafka.sink)).toEqual([...Object.keys(ofBoth), ...Object.keys(ofSink)].sort());
  for (const [option, [file, title]] of Object.entries({ ...ofBoth, ...ofSource, ...ofSink })) {
    const text = readFileSync(new URL(`./${file}.test.ts`, import.meta.url), "utf8");
    // The table itself does not count.
    const tests = text.replace(/^const of(Both|Source|Sink)[^]*?^};$/gm, "");
    expect(tests, `${option}: ${file}.test.ts has no test "${title}"`).toContain(title);
    expect(tests, `${file}.test.ts does not use ${option}`).toMatch(new RegExp(`\\b${option}\\b`));
  }
});

/** Runs a job's text over what there is; gives its warnings. */
async function run(text: string, mode: RunMode = "available now", params: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const warnings: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), "sluice-kafka-options-"));
  folders.push(folder);
  const definition = loadJob(compileText(text, { optimize: true }));
  const { manager } = start(definition, { host: nodeHost(), mode, params, warn: (warning) => void warnings.push(warning), ...(mode === "batch" ? {} : { checkpoint: folder }) });
  await Promise.all(manager.active.map((query) => query.awaitTermination()));
  return warnings;
}

it("lets a job in by TLS, with a certificate of its own, and by the name that the brokers' certificate has", async () => {
  const [input, output] = [await freshTopic(secured.address, "in"), await freshTopic(secured.address, "out")];
  await sendMessages(secured.address, input, ["a", "b"]);
  const { keys, ports } = secured;
  const own = `tls: true, tlsCa: "${keys?.ca}", tlsCertificate: "${keys?.clientCertificate}", tlsKey: "${keys?.clientKey}", tlsPassphrase: passphrase`;
  const text = (serverName: string): string => `param passphrase: string
source lines: { line: string } from kafka("127.0.0.1:${ports.mutualTls}", ${own}, subscribe: "${input}", startingOffsets: "earliest", format: "text")
sink out = lines into kafka("127.0.0.1:${ports.tls}", tls: true, tlsCa: "${keys?.ca}", tlsServerName: "${serverName}", topic: "${output}", format: "text", retries: 1)
`;
  await run(text("localhost"), "available now", { passphrase: keys?.keyPassphrase ?? "" });
  expect(await readValues(secured.address, output)).toEqual(["a", "b"]);
  await expect(run(text("elsewhere.example"), "available now", { passphrase: keys?.keyPassphrase ?? "" })).rejects.toMatchObject({ code: "R7701" });
});

it.each(["plain", "scram-sha-256", "scram-sha-512"])("lets a job in by SASL, %s, and says where the password is wrong", async (mechanism) => {
  const [input, output] = [await freshTopic(secured.address, "in"), await freshTopic(secured.address, "out")];
  await sendMessages(secured.address, input, ["a"]);
  const own = `sasl: "${mechanism}", username: "alice", password: secret`;
  const text = `param secret: string
source lines: { line: string } from kafka("127.0.0.1:${secured.ports.sasl}", ${own}, subscribe: "${input}", startingOffsets: "earliest", format: "text")
sink out = lines into kafka("127.0.0.1:${secured.ports.saslTls}", ${own}, tls: true, tlsCa: "${secured.keys?.ca}", topic: "${output}", format: "text")
`;
  await run(text, "available now", { secret: "alice-secret" });
  expect(await readValues(secured.address, output)).toEqual(["a"]);
  await expect(run(text, "available now", { secret: "another" })).rejects.toMatchObject({ code: "R7701" });
});

it("brokers that do not answer are given up after the request's time and the retries, and one of several brokers is enough", async () => {
  const topic = await freshTopic(secured.address, "frozen");
  await sendMessages(secured.address, topic, ["a"]);
  const reading = (brokers: string): string => `table lines: { line: string } from kafka("${brokers}", subscribe: "${topic}", format: "text", connectionTimeout: 300 milliseconds, requestTimeout: 300 milliseconds, retries: 1, retryInterval: 10 milliseconds)
sink out = lines into discard()
`;
  await run(reading(`127.0.0.1:1, ${secured.address}`), "batch");
  await secured.freeze();
  try {
    await expect(run(reading(secured.address), "batch")).rejects.toMatchObject({ code: "R7700" });
  } finally {
    secured.thaw();
  }
});

it("a batch waits until enough is there, or for so long, and is read in pieces", async () => {
  const [input, output] = [await freshTopic(address, "few"), await freshTopic(address, "out")];
  const definition = loadJob(compileText(`source lines: { line: string } from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "text", minOffsetsPerTrigger: 10, maxTriggerDelay: 3 seconds, maxRecordsPerPartition: 2, pollTimeout: 200 milliseconds)
sink out = lines into kafka("${address}", topic: "${output}", format: "text")
`, { optimize: true }));
  const folder = mkdtempSync(join(tmpdir(), "sluice-kafka-options-"));
  folders.push(folder);
  const { manager } = start(definition, { host: nodeHost(), checkpoint: folder });
  const values = (): Promise<readonly (string | null)[]> => readValues(address, output);
  const soon = { timeout: 10_000, interval: 50 };
  try {
    // The first batch waits for nothing.
    await sendMessages(address, input, ["a"]);
    await expect.poll(values, soon).toEqual(["a"]);
    const ran = performance.now();
    await sendMessages(address, input, ["b"]);
    await expect.poll(values, soon).toEqual(["a", "b"]);
    expect(performance.now() - ran).toBeGreaterThan(2000);
    const many = Array.from({ length: 12 }, (_, at) => `n${at}`);
    await sendMessages(address, input, many);
    await expect.poll(values, { timeout: 2500, interval: 50 }).toEqual(["a", "b", ...many]);
  } finally {
    await Promise.all(manager.active.map((query) => query.stop()));
  }
});

it("what is not committed is read where the job says so, and what is too large goes where malformed messages go", async () => {
  const input = await freshTopic(address, "open");
  const [committed, all, broken] = [await freshTopic(address, "out"), await freshTopic(address, "out"), await freshTopic(address, "out")];
  await sendMessages(address, input, ["first", "x".repeat(100)]);
  await withClient(kafkajsClient, optionsFor(address), async (client) => {
    const producer = await client.producer({ compression: "none", transactionalId: input });
    await producer.begin();
    await producer.send([message(input, "open")]);
    const lines = (name: string, more: string): string => `source ${name}: { line: string } from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "text", clientId: "reader-of-all", maxMessageBytes: 99, ${more})\n`;
    await run(`${lines("committed", 'malformed: "drop"')}${lines("all", 'isolation: "read_uncommitted", malformed: broken')}
sink of_committed = committed into kafka("${address}", topic: "${committed}", format: "text")
sink of_all = all into kafka("${address}", topic: "${all}", format: "text")
sink broken into kafka("${address}", topic: "${broken}", format: "json")
`);
    await producer.abort();
    await producer.close();
  });
  expect(await readValues(address, committed)).toEqual(["first"]);
  expect(await readValues(address, all)).toEqual(["first", "open"]);
  expect(await readValues(address, broken)).toEqual([expect.stringContaining("100 bytes")]);
});

it("a table between times has what came then, and says where no message is so late", async () => {
  const topic = await freshTopic(address, "times");
  const second = Date.UTC(2024, 0, 1) * 1000;
  await sendMessages(address, topic, [0, 1, 2, 3, 4].map((at) => ({ value: String(at), timestamp: second + at * 1_000_000 })));
  const at = (seconds: number): string => `timestamp "2024-01-01T00:00:0${seconds}Z"`;
  const read = async (positions: string): Promise<readonly (string | null)[]> => {
    const output = await freshTopic(address, "out");
    await run(`table lines: { line: string } from kafka("${address}", subscribe: "${topic}", format: "text", ${positions})
sink out = lines into kafka("${address}", topic: "${output}", format: "text")
`, "batch");
    return readValues(address, output);
  };
  expect(await read(`startingTimestamp: ${at(1)}, endingTimestamp: ${at(3)}`)).toEqual(["1", "2"]);
  expect(await read(`endingOffsetsByTimestamp: '{"${topic}":{"0":${second / 1000 + 2000}}}'`)).toEqual(["0", "1"]);
  await expect(read(`startingTimestamp: ${at(9)}`)).rejects.toMatchObject({ code: "R7714" });
  expect(await read(`startingTimestamp: ${at(9)}, startingOffsetsByTimestampStrategy: "latest"`)).toEqual([]);
});

it("a row says its topic and partition", async () => {
  const [input, odd, even] = [await freshTopic(address, "in"), await freshTopic(address, "odd", 3), await freshTopic(address, "even", 3)];
  await sendMessages(address, input, Array.from({ length: 6 }, (_, id) => `{"id":${id}}`));
  await run(`source events: { id: int } from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "json")
sink out = events into kafka("${address}", topic: case when id % 2 = 0 then "${even}" else "${odd}" end, partition: id % 3, format: "json")
`);
  const places = async (topic: string): Promise<unknown> => (await readTopic(address, topic)).map(({ partition, value }) => [partition, Buffer.from(value ?? []).toString()]);
  expect(await places(even)).toEqual([[0, '{"id":0}'], [1, '{"id":4}'], [2, '{"id":2}']]);
  expect(await places(odd)).toEqual([[0, '{"id":3}'], [1, '{"id":1}'], [2, '{"id":5}']]);
});
