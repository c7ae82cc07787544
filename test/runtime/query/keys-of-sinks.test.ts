import { expect, test } from "vitest";
import { partitionOfKey } from "../../../runtime/connectors/kafka/client/records/murmur2.ts";
import { startHarness } from "../../../runtime/testing/harness.ts";
import { KafkaInMemory } from "../../support/kafka-in-memory.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { drained } from "../../support/shard-runs.ts";

const partitions = 7;
const job = (text: string) => loadJob(compileText(text, { optimize: true }));
const from = (topic: string, more = ""): string => `from kafka("memory:9092", subscribe: "${topic}", startingOffsets: "earliest", format: "json"${more})`;

/** What the sink of one job writes of a changing result by these columns, in a topic whose partitions a producer chose by its keys. */
async function written(columns: string, by: string, { before = "", key = "" } = {}): Promise<KafkaInMemory> {
  const broker = new KafkaInMemory();
  for (const topic of ["clicks", "counts"]) broker.createTopic(topic);
  broker.createTopic("placed", partitions);
  const isNullable = columns.includes("?");
  for (let n = 0; n < 60; n++) broker.append("clicks", 0, JSON.stringify({ user: isNullable && n % 9 === 8 ? null : `user "${n % 9}"`, id: n % 5 === 4 ? null : n % 5 }));
  const harness = startHarness(job(`source clicks: { ${columns} } ${from("clicks")}\nsink counts = clicks ${before} |> aggregate count() as n group by ${by} into kafka("memory:9092", topic: "counts", format: "json"${key}) mode update`), { kafka: broker.factory, mode: "drain" });
  await harness.query.awaitTermination();
  const decoder = new TextDecoder();
  for (const { key: bytes, value } of broker.messages("counts")) broker.append("placed", partitionOfKey(bytes ?? new Uint8Array(0), partitions), { key: bytes, value: decoder.decode(value ?? undefined) });
  return broker;
}

const reading = (columns: string, by: string, before = ""): ReturnType<typeof job> =>
  job(`source counts: { ${columns}, n: long } ${from("placed", `, partitionedBy: ${JSON.stringify(by.split(", "))}`)}\nsink out = counts ${before} |> aggregate sum(n) as total group by ${by} into memory() mode update`);

test.each([
  ["a string", "user: string", "user", {}],
  ["a number that may be null", "id: long?", "id", {}],
  ["several columns", "user: string?, id: int?", "user, id", {}],
  ["a string without nulls that is said to be the key", "user: string?", "user", { before: "|> where user is not null", key: ", key: user" }],
] as const)("another job can be divided by what a sink wrote as key: %s", async (_, columns, by, how) => {
  const broker = await written(columns, by, how);
  const one = await drained(reading(columns, by), broker, 1);
  expect(one.length).toBeGreaterThan(3);
  expect(await drained(reading(columns, by), broker, 3)).toEqual(one);
});

test.each(["", "|> where user is not null"])("the JSON of one string that may be null is refused, with the key to write: %s", async (before) => {
  const broker = await written("user: string?", "user", { before });
  const harness = startHarness(reading("user: string?", "user", "|> where user is not null"), { kafka: broker.factory, mode: "drain", shard: { index: 0, count: 3 } });
  await harness.query.awaitTermination().catch(() => {});
  await harness.settle();
  expect(harness.failure).toMatchObject({ code: "R7800", how: expect.stringContaining("`key: user`") });
});
