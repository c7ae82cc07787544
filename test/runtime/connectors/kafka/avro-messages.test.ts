import { expect, it } from "vitest";
import type { RunMode } from "../../../../runtime/query/run-mode.ts";
import { start } from "../../../../runtime/query/start.ts";
import { startHarness } from "../../../../runtime/testing/harness.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { compileText, loadJob } from "../../../support/load-job.ts";
import { TestRegistry } from "../../../support/schema-registry.ts";

const read = 'kafka("b:9092", subscribe: "orders", startingOffsets: "earliest", format: "avro", registry: "http://registry:8081", registryUser: "ann", registryPassword: password';
const header = 'param password: string = env("REGISTRY_PASSWORD", "")\nschema Order { id: long, amount: decimal(12,2), at: timestamp, lines: { item: string, count: int }[], note: string? }\n';

/** Runs a compiled job to the end of what is there. */
async function run(text: string, broker: KafkaInMemory, registry: TestRegistry, mode: RunMode = "drain"): Promise<ReturnType<typeof start>["tables"]> {
  const host = new SimHost({ autoAdvance: true });
  host.net.service("registry:8081", (call) => registry.answer({ ...call, path: new URL(call.url).pathname }));
  const { manager, tables } = start(loadJob(compileText(text, { optimize: true, files: { read: () => undefined } })), { host, kafka: broker.factory, mode, checkpoint: "cp", params: { password: "s3cret" } });
  await Promise.all(manager.active.map((query) => query.awaitTermination()));
  return tables;
}

const make = `${header}source raw: Order from queue()\n`;

it("writes rows with a registered schema and reads them back", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("orders", 1);
  broker.createTopic("copies", 1);
  const registry = new TestRegistry();
  registry.authorization = `Basic ${Buffer.from("ann:s3cret").toString("base64")}`;
  // An older producer, whose schema lacks the note and counts in ints.
  const old = registry.add({ type: "record", name: "Order", namespace: "shop", fields: [
    { name: "lines", type: { type: "array", items: { type: "record", name: "Line", fields: [{ name: "count", type: "int" }, { name: "item", type: "string" }] } } },
    { name: "id", type: "int" },
    { name: "amount", type: { type: "bytes", logicalType: "decimal", precision: 8, scale: 2 } },
    { name: "at", type: { type: "long", logicalType: "timestamp-millis" } },
  ] });
  const body = Buffer.from([0, 0, 0, 0, old, 2, 6, 2, 97, 0, 14, 4, 1, 44, 208, 15]);
  broker.append("orders", 0, { value: body }, { value: "no avro" });
  const copy = `${header}source orders: Order from ${read}, malformed: "drop")\nsink copies = orders into kafka("b:9092", topic: "copies", format: "avro", registry: "http://registry:8081", registryUser: "ann", registryPassword: password)`;
  await run(copy, broker, registry);
  expect([...registry.subjects]).toEqual([["copies-value", [2]]]);
  const back = `${header}source copies: Order from ${read.replace('"orders"', '"copies"')})\nsink seen = copies into memory()`;
  const tables = await run(back, broker, registry);
  expect([...(tables.get("seen")?.rows() ?? [])].map((cells) => cells.join())).toEqual(['7,3.00,"1970-01-01T00:00:01.000Z",[{"item":"a","count":3}],null']);
});

it("says where a message came from that is no value of its schema", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("orders", 1);
  broker.append("orders", 0, { value: Buffer.from([0, 0, 0, 0, 9, 1]) });
  const text = `${header}source orders: Order from ${read}, malformed: "broken")\nsink seen = orders into memory()\nsink broken into memory()`;
  const tables = await run(text, broker, new TestRegistry());
  expect([...(tables.get("broken")?.rows() ?? [])].map((cells) => cells.join()).join()).toContain("the schema registry has no schema with the id 9");
  const failing = `${header}source orders: Order from ${read})\nsink seen = orders into memory()`;
  await expect(run(failing, broker, new TestRegistry())).rejects.toThrow("the schema registry has no schema with the id 9");
});

it("writes no row where the registry refuses the schema", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("copies", 1);
  const registry = new TestRegistry();
  registry.incompatible = () => "`note` was removed";
  const text = `${make}sink copies = raw into kafka("b:9092", topic: "copies", format: "avro", registry: "http://registry:8081")`;
  await expect(run(text, broker, registry)).rejects.toMatchObject({ code: "R7753" });
});

it("finishes the batch of a query that is stopped while the registry is waited for", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("orders", 1);
  const registry = new TestRegistry();
  const id = registry.add({ type: "record", name: "Order", fields: [{ name: "id", type: "long" }] });
  registry.unavailable = 2;
  broker.append("orders", 0, { value: Buffer.from([0, 0, 0, 0, id, 2]) });
  const host = new SimHost();
  host.net.service("registry:8081", (call) => registry.answer({ ...call, path: new URL(call.url).pathname }));
  const text = `source orders: { id: long } from kafka("b:9092", subscribe: "orders", startingOffsets: "earliest", format: "avro", registry: "http://registry:8081")\nsink seen = orders into memory()`;
  const harness = startHarness(loadJob(compileText(text, { optimize: true, files: { read: () => undefined } })), { host, kafka: broker.factory });
  for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve));
  expect(registry.calls).toHaveLength(1);
  const stopped = harness.query.stop();
  await harness.advance(100);
  await harness.advance(200);
  await stopped;
  expect(harness.failure).toBeUndefined();
  expect((await harness.sql("select id from seen")).rows).toEqual([[1]]);
});
