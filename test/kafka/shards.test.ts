import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { partitioner } from "../../runtime/connectors/kafka/partitioner.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { JobFolder, type JobEnd } from "./support/job-process.ts";
import { readTopic } from "./support/read-topic.ts";

const address = inject("kafka");
const client = new kafkajs.Kafka({ brokers: [address], clientId: "shards", logLevel: kafkajs.logLevel.NOTHING });
// Another library than Sluice's own sender, with Kafka's default partitioner.
const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
const folders: JobFolder[] = [];
const partitions = 6;
const shards = 3;
const users = 40;

beforeAll(() => producer.connect());

afterAll(async () => {
  for (const folder of folders) folder.remove();
  await producer.disconnect();
});

const user = (id: number): string => `user-${id % users}-ü`;
const text = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString("utf8");

async function append(topic: string, from: number, count: number): Promise<void> {
  await producer.send({ topic, acks: -1, messages: Array.from({ length: count }, (_, at) => ({ key: user(from + at), value: JSON.stringify({ id: from + at, user: user(from + at) }) })) });
}

async function jobOver(input: string): Promise<{ readonly job: JobFolder; readonly copies: string; readonly counts: string }> {
  const [copies, counts, commits] = [await freshTopic(address, "copies", 2), await freshTopic(address, "counts", 2), await freshTopic(address, "commits", 1, { "cleanup.policy": "compact" })];
  const sink = `format: "json", key: user, delivery: "exactly once", commitsTopic: "${commits}", transactionTimeout: 10 seconds, maxPendingBytes: 3000`;
  const job = new JobFolder(`source events: { id: long, user: string } from kafka("${address}", subscribe: "${input}", format: "json", startingOffsets: "earliest", maxOffsetsPerTrigger: 40, partitionedBy: "user")
sink copies = events |> select id, user into kafka("${address}", topic: "${copies}", ${sink})
sink counts = events |> aggregate count() as n group by user into kafka("${address}", topic: "${counts}", ${sink}) mode update`);
  folders.push(job);
  return { job, copies, counts };
}

it("a key has the partition that kafkajs and the broker's messages give it", async () => {
  const topic = await freshTopic(address, "keys", 7);
  const keys = ["", "a", "ab", "abc", "abcd", "user-17", "ünï", "x".repeat(100), '{"a":1,"b":"x"}'];
  await producer.send({ topic, acks: -1, messages: keys.map((key) => ({ key: Buffer.from(key), value: "v" })) });
  const found = new Map((await readTopic(address, topic)).map(({ key, partition }) => [text(key), partition]));
  expect(found).toEqual(new Map(keys.map((key) => [key, partitioner([{ name: "k", type: "string" }])([key], 7)])));
});

it("three shards of a topic, killed in the middle again and again: no message lost, none twice, and every count is right", async () => {
  const input = await freshTopic(address, "events", partitions);
  const { job, copies, counts } = await jobOver(input);
  const shard = (index: number, fault: string): Promise<JobEnd> => job.start(["--available-now", "--shard", `${index}/${shards}`], fault === "" ? {} : { SLUICE_FAULT: fault }).ended;
  const faults = ["kafka.sent:3", "kafka.before-commit:2", "kafka.committed:2", "commits.half-written:2"];
  let [sent, killed] = [0, 0];
  for (const [round, fault] of faults.entries()) {
    await append(input, sent, 300);
    sent += 300;
    const ends = await Promise.all([0, 1, 2].map((index) => shard(index, index === round % shards ? fault : "")));
    for (const { code, signal, stderr } of ends) {
      if (signal === "SIGKILL") killed++;
      else expect(code, stderr).toBe(0);
    }
  }
  for (const { code, stderr } of await Promise.all([0, 1, 2].map((index) => shard(index, "")))) expect(code, stderr).toBe(0);
  expect(killed).toBe(faults.length);
  const ids = (await readTopic(address, copies, "read_committed", true)).map(({ value }) => Number(JSON.parse(text(value)).id));
  expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: sent }, (_, id) => id));
  const newest = new Map<string, number[]>();
  for (const { key, value } of await readTopic(address, counts, "read_committed", true)) newest.set(text(key), [...(newest.get(text(key)) ?? []), Number(JSON.parse(text(value)).n)]);
  for (const seen of newest.values()) expect(seen, "a batch that is seen twice shows a count twice").toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect(new Map([...newest].map(([key, seen]) => [key, seen.at(-1)]))).toEqual(new Map(Array.from({ length: users }, (_, id) => [user(id), sent / users])));
}, 480_000);

it("what cannot be divided is refused with the edit that mends it, and a row in another partition at once", async () => {
  const input = await freshTopic(address, "misplaced", partitions);
  await producer.send({ topic: input, acks: -1, messages: [{ key: "somebody", value: '{"id":1,"user":"somebody else"}' }] });
  const { job } = await jobOver(input);
  const [row] = (await Promise.all([0, 1, 2].map((index) => job.start(["--available-now", "--shard", `${index}/${shards}`, "--query", "counts"]).ended))).filter(({ code }) => code !== 0);
  expect(row).toMatchObject({ code: 1, stderr: expect.stringContaining('error[R7800]: a row of `events` is in partition') });
  job.write(`source events: { id: long, user: string } from kafka("${address}", subscribe: "${input}", format: "json")\nsink counts = events |> aggregate count() as n group by user into console() mode update`);
  const refused = await job.start(["--shard", "0/3"]).ended;
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('partitionedBy: "user"') });
});
