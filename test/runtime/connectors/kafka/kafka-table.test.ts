import { expect, test } from "vitest";
import { kafkaSource } from "../../../../runtime/connectors/kafka/source.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { codeOf, sourceContext } from "../support.ts";
import { openTable, valuesOf } from "./support.ts";

function broker(): KafkaInMemory {
  const kafka = new KafkaInMemory();
  kafka.createTopic("t", 2);
  for (const second of [10, 20, 30]) for (const partition of [0, 1]) kafka.append("t", partition, { value: `${partition}-${second}`, timestamp: second * 1_000_000 });
  return kafka;
}

test("a table is what there is when it is opened, every time that it is read", async () => {
  const kafka = broker();
  const { table } = await openTable(kafka, { subscribe: ["t"] });
  kafka.append("t", 0, "later");
  const expected = ["0-10", "0-20", "0-30", "1-10", "1-20", "1-30"];
  expect(await valuesOf(table.read())).toEqual(expected);
  expect(await valuesOf(table.read())).toEqual(expected);
  expect(table.fingerprint()).toBe('{"t":{"0":0,"1":0}} {"t":{"0":3,"1":3}}');
  expect(kafka.openClients).toBe(0);
});

test.each([
  [{ startingOffsets: '{"t":{"0":1,"1":-2}}', endingOffsets: '{"t":{"0":2,"1":-1}}' }, ["0-20", "1-10", "1-20", "1-30"]],
  [{ startingOffsets: "earliest", endingOffsets: [["t", [[0, 1n], [1, 0]]]] as const }, ["0-10"]],
  [{ startingTimestamp: 20_000_000n, endingTimestamp: 30_000_000 }, ["0-20", "1-20"]],
  [{ endingTimestamp: 99_000_000, startingTimestamp: 30_000_000 }, ["0-30", "1-30"]],
  [{ startingOffsetsByTimestamp: '{"t":{"0":30000,"1":20000}}', endingOffsetsByTimestamp: '{"t":{"0":99000,"1":30000}}' }, ["0-30", "1-20"]],
])("it starts and ends where %o says", async (options, expected) => {
  const { table } = await openTable(broker(), { subscribe: "t", ...options });
  expect(await valuesOf(table.read())).toEqual(expected);
});

test("it cannot start at its end or end at its start", async () => {
  for (const options of [{ startingOffsets: "latest" }, { endingOffsets: "earliest" }, { startingOffsets: '{"t":{"0":-1,"1":0}}' }, { endingOffsets: '{"t":{"0":-2,"1":0}}' }]) {
    expect(await codeOf(() => openTable(broker(), { subscribe: "t", ...options }))).toBe("R7711");
  }
});

test("messages that are gone when it is read are a loss", async () => {
  for (const failOnDataLoss of [true, false]) {
    const kafka = broker();
    const { table, warnings } = await openTable(kafka, { subscribe: "t", failOnDataLoss });
    kafka.removeBelow("t", 0, 2);
    if (failOnDataLoss) expect(await codeOf(() => valuesOf(table.read()))).toBe("R7715");
    else expect([await valuesOf(table.read()), warnings.length]).toEqual([["0-30", "1-10", "1-20", "1-30"], 1]);
  }
});

test("brokers that do not answer keep a table from being opened no longer than the query", async () => {
  const kafka = broker();
  const stopping = new AbortController();
  kafka.intercept = (call, moment) => (call === "partitions" && moment === "before" ? new Promise(() => {}) : undefined);
  const context = { ...sourceContext(new SimHost(), { format: "text", stopping: stopping.signal }), kafka: kafka.factory };
  const opening = kafkaSource({ brokers: "memory:9092", subscribe: "t" }).openTable?.(context);
  stopping.abort(new Error("the query ends"));
  await expect(opening).rejects.toThrow("the query ends");
  expect(kafka.openClients).toBe(0);
});
