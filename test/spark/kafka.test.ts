import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { freshTopic } from "../kafka/support/fresh-topic.ts";
import { readTopic } from "../kafka/support/read-topic.ts";
import { sendMessages } from "../kafka/support/send-messages.ts";
import { type Broker, startBroker } from "../kafka/support/start-broker.ts";
import { withBroker } from "../kafka/support/with-broker.ts";
import { runCli } from "../support/run-cli.ts";
import { carryOver } from "./support/carry-over.ts";
import { SparkClient } from "./support/spark-client.ts";
import { writeProgram } from "./support/write-program.ts";

const spark = new SparkClient(inject("spark"));
const folder = mkdtempSync(join(tmpdir(), "sluice-spark-kafka-"));
let broker: Broker;
beforeAll(async () => {
  broker = await startBroker();
});
afterAll(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true });
});

const job = `
param brokers: string
param incoming: string
param counted: string
param routes: string

schema Hit { page: string, user: string?, at: timestamp, took: decimal(6, 2) }

source hits: Hit from kafka(brokers, subscribe: incoming, startingOffsets: "earliest", maxOffsetsPerTrigger: 40, format: "json")

sink per_minute =
  hits
  |> watermark at delay 2 minutes late drop
  |> aggregate count() as hits, sum(took) as took group by page, tumbling(at, 1 minute)
  into kafka(brokers, topic: counted, key: page, format: "json")

sink slow =
  hits
  |> where took > 5
  |> extend concat(routes, case when user is null then "-strangers" else "-known" end) as route
  |> select page, user, at, took, route
  into kafka(brokers, topic: route, key: user, format: "json")
`;

it("reads a topic and writes windows and routed rows to topics, as Node does, and goes on from its checkpoint", async () => {
  const incoming = await freshTopic(broker.address, "hits", 2);
  const file = join(folder, "hits.sluice");
  writeFileSync(file, job);
  const { rest } = carryOver(file, job);
  expect(rest).toBeDefined();
  const program = writeProgram(rest?.program ?? [], folder);
  const targets = await Promise.all(["node", "spark"].map(async (target) => {
    const counted = await freshTopic(broker.address, `${target}-counted`);
    const routes = `${counted}-routes`;
    const known = await namedTopics(routes);
    return { target, counted, known, words: ["--available-now", "--checkpoint", join(folder, target), ...Object.entries({ brokers: broker.address, incoming, counted, routes }).flatMap(([name, value]) => ["--param", `${name}=${value}`])] };
  }));
  for (const [from, until] of [[0, 100], [100, 160]] as const) {
    await sendMessages(broker.address, incoming, hits.slice(from, until));
    for (const { target, words } of targets) {
      if (target === "node") {
        const end = await runCli(["run", file, ...words]);
        expect(end.code, end.stderr).toBe(0);
      } else {
        const end = await spark.run(program, words);
        expect(end.code, `${end.stdout}\n${end.stderr}`).toBe(0);
      }
    }
  }
  const [node, onSpark] = await Promise.all(targets.map(async ({ counted, known }) => Promise.all([counted, ...known].map((topic) => written(topic, counted)))));
  expect(onSpark).toEqual(node);
  expect(node?.map((rows) => rows.length > 10)).toEqual([true, true, true]);
}, 300_000);

/** Hits on three pages, a few seconds apart, over some minutes. */
const hits = Array.from({ length: 160 }, (_, at) => ({
  partition: at % 2,
  value: JSON.stringify({ page: `page-${(at * 7) % 3}`, ...(at % 5 === 0 ? {} : { user: `user-${at % 4}` }), at: new Date(Date.UTC(2024, 4, 1) + at * 7_000).toISOString(), took: ((at * 37) % 1000) / 100 }),
}));

async function namedTopics(routes: string): Promise<readonly string[]> {
  const names = ["-strangers", "-known"].map((end) => `${routes}${end}`);
  await withBroker(broker.address, async (client) => {
    for (const name of names) await client.createTopic(name, { partitions: 1, replication: 1, config: {} });
  });
  return names;
}

/** Keys and values of a topic, without an order, and without the names of this run's topics. */
async function written(topic: string, counted: string): Promise<readonly string[]> {
  return (await readTopic(broker.address, topic)).map(({ key, value }) => `${text(key)} ${text(value).replace(counted, "")}`).sort();
}

function text(bytes: Uint8Array | null): string {
  return bytes === null ? "null" : Buffer.from(bytes).toString("utf8");
}
