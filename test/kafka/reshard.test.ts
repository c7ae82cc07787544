import { readFileSync } from "node:fs";
import { join } from "node:path";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { runCli, type CommandEnd } from "../support/run-cli.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { JobFolder } from "./support/job-process.ts";
import { readTopic } from "./support/read-topic.ts";

const address = inject("kafka");
const client = new kafkajs.Kafka({ brokers: [address], clientId: "reshard", logLevel: kafkajs.logLevel.NOTHING });
const producer = client.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
const users = 40;
let job: JobFolder | undefined;

beforeAll(() => producer.connect());

afterAll(async () => {
  job?.remove();
  await producer.disconnect();
});

const user = (id: number): string => `user-${id % users}`;
const text = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString("utf8");

async function append(topic: string, from: number, count: number): Promise<void> {
  await producer.send({ topic, acks: -1, messages: Array.from({ length: count }, (_, at) => ({ key: user(from + at), value: JSON.stringify({ id: from + at, user: user(from + at) }) })) });
}

function reshard(folder: JobFolder, from: number, to: number): Promise<CommandEnd> {
  return runCli(["reshard", join(folder.folder, "job.sluice"), "--checkpoint", join(folder.folder, "checkpoint"), "--from", String(from), "--to", String(to)]);
}

it("three shards, then two of which one is killed, then one process: no message lost, none twice, and every count goes on", async () => {
  const input = await freshTopic(address, "events", 6);
  const [copies, counts, commits] = [await freshTopic(address, "copies", 2), await freshTopic(address, "counts", 2), await freshTopic(address, "commits", 1, { "cleanup.policy": "compact" })];
  const sink = `format: "json", key: user, delivery: "exactly once", commitsTopic: "${commits}", transactionTimeout: 10 seconds`;
  const folder = new JobFolder(`source events: { id: long, user: string } from kafka("${address}", subscribe: "${input}", format: "json", startingOffsets: "earliest", maxOffsetsPerTrigger: 20, partitionedBy: "user")
sink copies = events |> select id, user into kafka("${address}", topic: "${copies}", ${sink})
sink counts = events |> aggregate count() as n group by user into kafka("${address}", topic: "${counts}", ${sink}) mode update`);
  job = folder;
  await append(input, 0, 400);
  await folder.run(["--available-now", "--shards", "3"]);

  expect(await reshard(folder, 3, 2)).toMatchObject({ code: 0, stderr: expect.stringContaining("counts: from 3 shards to 2 shards, 40 entries of state") });
  await append(input, 400, 400);
  const running = folder.start(["--shards", "2"]);
  const lock = join(folder.folder, "checkpoint", "shard-1-of-2", "counts", "lock");
  const pid = await expect.poll(() => Number(readFileSync(lock, "utf8").split("\n")[0])).toBeGreaterThan(0).then(() => Number(readFileSync(lock, "utf8").split("\n")[0]));
  process.kill(pid, "SIGKILL");
  await expect.poll(() => running.stderr, { timeout: 30_000 }).toContain("shard 1/2: it was ended by SIGKILL; it is started again in 0.5 s\n");
  await expect.poll(async () => (await readTopic(address, copies)).length, { timeout: 60_000 }).toBe(800);
  // The counts are told by a query of their own.
  await expect.poll(async () => (await newestCounts(counts)).every(([, seen]) => seen.at(-1) === 20), { timeout: 60_000 }).toBe(true);
  running.signal("SIGTERM");
  expect((await running.ended).code).toBe(0);

  expect(await reshard(folder, 2, 1)).toMatchObject({ code: 0 });
  const refused = await folder.start(["--available-now", "--shards", "2"]).ended;
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/shard \d\/2: error\[R7805\]/) });
  await append(input, 800, 400);
  await folder.run(["--available-now"]);
  const ids = (await readTopic(address, copies, "read_committed", true)).map(({ value }) => Number(JSON.parse(text(value)).id));
  expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 1200 }, (_, id) => id));
  const newest = await newestCounts(counts);
  expect(newest).toHaveLength(users);
  for (const [key, seen] of newest) expect(seen, `${key}: a batch that is seen twice shows a count twice`).toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect(new Set(newest.map(([, seen]) => seen.at(-1)))).toEqual(new Set([1200 / users]));
}, 480_000);

/** The counts of each user in the order in which they were sent. */
async function newestCounts(topic: string): Promise<readonly (readonly [string, readonly number[]])[]> {
  const seen = new Map<string, number[]>();
  for (const { key, value } of await readTopic(address, topic)) seen.set(text(key), [...(seen.get(text(key)) ?? []), Number(JSON.parse(text(value)).n)]);
  return [...seen];
}
