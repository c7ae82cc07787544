import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import type { Compression, KafkaClient, OutgoingMessage } from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { OffsetOutOfRange } from "../../runtime/connectors/kafka/client/kafka-errors.ts";
import { deleteRecordsBefore, deleteTopic, groupOffsets } from "./support/admin.ts";
import { allClients, bytes, fetchAll, message, optionsFor, text, valuesOf, withClient } from "./support/clients.ts";
import { freshTopic } from "./support/fresh-topic.ts";

const broker = inject("kafka");
const range = (from: number, to: number): readonly string[] => Array.from({ length: to - from }, (_, index) => String(from + index));

async function send(client: KafkaClient, messages: readonly OutgoingMessage[], compression: Compression = "none"): Promise<void> {
  const producer = await client.producer({ compression });
  await producer.send(messages);
  await producer.close();
}

for (const { name, factory, cannot } of allClients) {
  const over = (title: string, body: (client: KafkaClient) => Promise<void>): void => {
    const why = cannot[title];
    test.skipIf(why !== undefined)(`${name}: ${title}${why === undefined ? "" : ` (not: ${why})`}`, () => withClient(factory, optionsFor(broker), body));
  };

  over("names topics and partitions, without Kafka's own", async (client) => {
    const topic = await freshTopic(broker, "named", 3);
    expect(await client.topics()).toContain(topic);
    expect((await client.topics()).filter((each) => each.startsWith("__"))).toEqual([]);
    expect([...(await client.partitions([topic, "not-there"]))]).toEqual([[topic, [0, 1, 2]]]);
    expect(await client.partitions([])).toEqual(new Map());
  });

  over("creates a topic, also twice", async (client) => {
    const topic = `made-${Math.random().toString(36).slice(2)}`;
    await client.createTopic(topic, { partitions: 2, replication: 1, config: { "cleanup.policy": "compact" } });
    await client.createTopic(topic, { partitions: 2, replication: 1 });
    expect((await client.partitions([topic])).get(topic)).toEqual([0, 1]);
  });

  over("tells the settings of a topic, also those of the broker", async (client) => {
    const topic = await freshTopic(broker, "settings", 1, { "cleanup.policy": "compact" });
    expect(await client.topicConfig(topic, ["cleanup.policy", "retention.bytes"])).toEqual(new Map([["cleanup.policy", "compact"], ["retention.bytes", "-1"]]));
  });

  over("tells a topic from another one of its name", async (client) => {
    const topic = await freshTopic(broker, "again");
    const other = await freshTopic(broker, "kept", 3);
    const first = await client.topicIds([topic, "not-there", other]);
    expect([...first.keys()].sort()).toEqual([topic, other].sort());
    expect([...first.values()].every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(new Set(first.values()).size).toBe(2);
    await deleteTopic(broker, topic);
    await client.createTopic(topic, { partitions: 1, replication: 1 });
    const second = await client.topicIds([topic, other]);
    expect(second.get(other)).toBe(first.get(other));
    expect(second.get(topic)).toMatch(/^[0-9a-f]{32}$/);
    expect(second.get(topic)).not.toBe(first.get(topic));
  });

  over("gives offsets: earliest, latest, by time, and nothing where there is none", async (client) => {
    const topic = await freshTopic(broker, "offsets", 2);
    await send(client, [1_000, 2_000, 3_000].map((millis) => message(topic, "x", { timestamp: millis * 1000 })));
    const places = [{ topic, partition: 1 }, { topic, partition: 0 }, { topic, partition: 7 }, { topic: "not-there", partition: 0 }];
    expect(await client.offsets(places, "earliest", "read_committed")).toEqual([0, 0, undefined, undefined]);
    expect(await client.offsets(places, "latest", "read_committed")).toEqual([0, 3, undefined, undefined]);
    expect(await client.offsets(places, { timestamp: 1_500_000 }, "read_committed")).toEqual([undefined, 1, undefined, undefined]);
    expect(await client.offsets(places, { timestamp: 2_000_001 }, "read_committed")).toEqual([undefined, 2, undefined, undefined]);
    expect(await client.offsets(places, { timestamp: 4_000_000 }, "read_committed")).toEqual([undefined, undefined, undefined, undefined]);
  });

  over("reads ranges exactly, of several partitions at once", async (client) => {
    const topic = await freshTopic(broker, "ranges", 2);
    await send(client, [0, 1].flatMap((partition) => range(0, 1000).map((value) => message(topic, value, { partition }))));
    const all = await fetchAll(client, [{ topic, partition: 0, from: 10, until: 990 }, { topic, partition: 1, from: 0, until: 1 }, { topic, partition: 1, from: 5, until: 5 }]);
    const of = (partition: number): readonly (string | null | undefined)[] => all.filter((each) => each.partition === partition).flatMap(({ messages }) => messages.map(({ value }) => text(value)));
    expect(of(0)).toEqual(range(10, 990));
    expect(of(1)).toEqual(["0"]);
    expect(all.filter(({ partition }) => partition === 0).at(-1)?.next).toBe(990);
  });

  over("reads on as messages come, until it is stopped", async (client) => {
    const topic = await freshTopic(broker, "follow");
    const stop = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { messages } of client.fetch([{ topic, partition: 0, from: 0 }], { isolation: "read_committed", bytesAhead: 1000, maxWait: 200, signal: stop.signal })) {
        seen.push(...messages.map(({ value }) => text(value) ?? ""));
        if (seen.length === 3) stop.abort();
      }
    })();
    for (const value of ["a", "b", "c"]) await send(client, [message(topic, value)]);
    await reading;
    expect(seen).toEqual(["a", "b", "c"]);
  });

  over("keeps keys, values, headers and times as they are", async (client) => {
    const topic = await freshTopic(broker, "whole");
    const sent: readonly OutgoingMessage[] = [
      { topic, partition: 0, key: bytes("Schlüssel"), value: bytes("Größe 漢字 😀"), headers: [{ key: "b", value: bytes("1") }, { key: "1", value: null }, { key: "b", value: new Uint8Array() }], timestamp: 1_700_000_000_123_000 },
      { topic, partition: 0, key: null, value: null, headers: [], timestamp: 1_600_000_000_000_000 },
      { topic, partition: 0, key: new Uint8Array(), value: new Uint8Array(), headers: [], timestamp: 0 },
      { topic, partition: 0, key: Uint8Array.of(0, 255, 128), value: Uint8Array.of(254, 0), headers: [{ key: "__proto__", value: bytes("x") }], timestamp: 1_700_000_000_000_000 },
    ];
    await send(client, sent);
    const [fetched] = await fetchAll(client, [{ topic, partition: 0, from: 0, until: 4 }]);
    const plain = (part: Uint8Array | null): readonly number[] | null => (part === null ? null : [...part]);
    const shape = (each: Pick<OutgoingMessage, "key" | "value" | "headers" | "timestamp">): unknown => ({ key: plain(each.key), value: plain(each.value), headers: each.headers.map(({ key, value }) => [key, plain(value)]), timestamp: each.timestamp });
    expect(fetched?.messages.map(shape)).toEqual(sent.map(shape));
    expect(fetched?.messages.map(({ offset, timestampType }) => [offset, timestampType])).toEqual([[0, 0], [1, 0], [2, 0], [3, 0]]);
  });

  over("gives the broker's time where the topic has it so", async (client) => {
    const topic = await freshTopic(broker, "append-time", 1, { "message.timestamp.type": "LogAppendTime" });
    await send(client, [message(topic, "x", { timestamp: 1000 }), message(topic, "y", { timestamp: 5000 })]);
    const [fetched] = await fetchAll(client, [{ topic, partition: 0, from: 0, until: 2 }]);
    for (const { timestamp, timestampType } of fetched?.messages ?? []) {
      expect(timestampType).toBe(1);
      expect(Math.abs(timestamp / 1000 - Date.now())).toBeLessThan(60_000);
    }
  });

  for (const compression of ["none", "gzip", "snappy", "lz4", "zstd"] as const) {
    over(`reads what it wrote with compression ${compression}`, async (client) => {
      const topic = await freshTopic(broker, compression);
      const values = range(0, 5000).map((value) => `${value} ${"ab".repeat(Number(value) % 50)}`);
      await send(client, values.map((value) => message(topic, value)), compression);
      expect((await valuesOf(client, { topic, partition: 0, from: 0, until: 5000 })).values).toEqual(values);
      expect((await valuesOf(client, { topic, partition: 0, from: 4321, until: 4323 })).values).toEqual(values.slice(4321, 4323));
    });
  }

  over("chooses partitions as Java's client does, and in turn without a key", async (client) => {
    const topic = await freshTopic(broker, "partitions", 7);
    // The numbers are of Java's `Utils.murmur2` over these keys, made positive, modulo 7.
    const keys = ["", "a", "ab", "abc", "abcd", "abcde", "Größe", "21", "foobar"];
    await send(client, [...keys.map((key) => message(topic, key, { partition: null, key: bytes(key) })), ...range(0, 7).map((value) => message(topic, `turn ${value}`, { partition: null }))]);
    const ends = await client.offsets(range(0, 7).map((partition) => ({ topic, partition: Number(partition) })), "latest", "read_committed");
    const all = await fetchAll(client, ends.map((until = 0, partition) => ({ topic, partition, from: 0, until })));
    const placed = new Map(all.flatMap(({ partition, messages }) => messages.map(({ value }) => [text(value), partition] as const)));
    expect(keys.map((key) => placed.get(key))).toEqual([2, 5, 0, 4, 5, 4, 5, 3, 0]);
    expect(new Set(range(0, 7).map((value) => placed.get(`turn ${value}`))).size).toBe(7);
  });

  over("shows transactions when they are decided, and steps over marks and aborted messages", async (client) => {
    const topic = await freshTopic(broker, "transactions");
    const place = { topic, partition: 0 };
    const latest = async (isolation: "read_committed" | "read_uncommitted"): Promise<number | undefined> => (await client.offsets([place], "latest", isolation))[0];
    const producer = await client.producer({ transactionalId: `${topic}-id`, transactionTimeout: 60_000, compression: "none" });
    const transaction = async (from: number, to: number, end: "commit" | "abort"): Promise<void> => {
      await producer.begin();
      await producer.send(range(from, to).map((value) => message(topic, value)));
      await producer[end]();
    };
    await producer.begin();
    await producer.send(range(0, 5).map((value) => message(topic, value)));
    expect([await latest("read_committed"), await latest("read_uncommitted")]).toEqual([0, 5]);
    await producer.commit();
    await expect.poll(() => latest("read_committed")).toBe(6);
    expect(await valuesOf(client, { ...place, from: 0, until: 3 })).toEqual({ values: ["0", "1", "2"], next: 3 });
    expect(await valuesOf(client, { ...place, from: 3, until: 6 })).toEqual({ values: ["3", "4"], next: 6 });
    await transaction(6, 11, "abort");
    await expect.poll(() => latest("read_committed")).toBe(12);
    expect(await valuesOf(client, { ...place, from: 6, until: 9 })).toEqual({ values: [], next: 9 });
    expect(await valuesOf(client, { ...place, from: 9, until: 12 })).toEqual({ values: [], next: 12 });
    expect((await valuesOf(client, { ...place, from: 5, until: 12 }, { isolation: "read_uncommitted" })).values).toEqual(range(6, 11));
    await transaction(12, 17, "commit");
    for (const [from, to] of [[18, 19], [20, 21], [22, 24]] as const) await transaction(from, to, "commit");
    await expect.poll(() => latest("read_committed")).toBe(25);
    expect(await valuesOf(client, { ...place, from: 12, until: 15 })).toEqual({ values: ["12", "13", "14"], next: 15 });
    expect(await valuesOf(client, { ...place, from: 15, until: 18 })).toEqual({ values: ["15", "16"], next: 18 });
    expect(await valuesOf(client, { ...place, from: 18, until: 25 })).toEqual({ values: ["18", "20", "22", "23"], next: 25 });
    expect(await valuesOf(client, { ...place, from: 24, until: 25 })).toEqual({ values: [], next: 25 });
    await producer.close();
  });

  over("fences off who had the transactional id before, and what that one left open is aborted", async (client) => {
    const topic = await freshTopic(broker, "fenced");
    const open = (): ReturnType<KafkaClient["producer"]> => client.producer({ transactionalId: `${topic}-id`, transactionTimeout: 60_000, compression: "none" });
    const former = await open();
    await former.begin();
    await former.send([message(topic, "left open")]);
    const latter = await open();
    expect(await client.offsets([{ topic, partition: 0 }], "latest", "read_committed")).toEqual([2]);
    await expect(former.send([message(topic, "late")])).rejects.toMatchObject({ code: "R7705" });
    await expect(former.commit()).rejects.toMatchObject({ code: "R7705" });
    await latter.begin();
    await latter.send([message(topic, "new")]);
    await latter.commit();
    expect(await valuesOf(client, { topic, partition: 0, from: 0, until: 4 })).toEqual({ values: ["new"], next: 4 });
    await former.close();
    await latter.close();
  });

  over("says that a transaction took too long", async (client) => {
    const topic = await freshTopic(broker, "slow");
    const producer = await client.producer({ transactionalId: `${topic}-id`, transactionTimeout: 1000, compression: "none" });
    await producer.begin();
    await producer.send([message(topic, "x")]);
    await expect.poll(async () => (await client.offsets([{ topic, partition: 0 }], "latest", "read_committed"))[0], { timeout: 15_000 }).toBe(2);
    await expect(producer.commit()).rejects.toMatchObject({ code: "R7706" });
    await producer.close();
  });

  over("ends at the end of a range whose last messages were removed by compaction, and steps over gaps", async (client) => {
    const topic = await freshTopic(broker, "compacted", 1, { "cleanup.policy": "compact", "segment.ms": "100", "min.cleanable.dirty.ratio": "0.001", "segment.bytes": "1048576", "max.compaction.lag.ms": "100" });
    for (const key of ["a", "b", "a", "a", "b", "c"]) await send(client, range(0, 20).map((value) => message(topic, `${key} ${value}`, { key: bytes(key) })));
    await expect.poll(async () => {
      await send(client, [message(topic, "z", { key: bytes("z") })]);
      return (await valuesOf(client, { topic, partition: 0, from: 0, until: 120 })).values.length;
    }, { timeout: 40_000, interval: 500 }).toBeLessThan(10);
    const { values, next } = await valuesOf(client, { topic, partition: 0, from: 0, until: 120 });
    expect([values, next]).toEqual([["a 19", "b 19", "c 19"], 120]);
    expect(await valuesOf(client, { topic, partition: 0, from: 30, until: 70 })).toEqual({ values: [], next: 70 });
  });

  over("says which offset is out of range, and that a topic is gone", async (client) => {
    const topic = await freshTopic(broker, "removed");
    await send(client, range(0, 10).map((value) => message(topic, value)));
    await deleteRecordsBefore(broker, topic, 5);
    expect(await client.offsets([{ topic, partition: 0 }], "earliest", "read_committed")).toEqual([5]);
    await expect(fetchAll(client, [{ topic, partition: 0, from: 2, until: 8 }])).rejects.toSatisfy((error) => error instanceof OffsetOutOfRange && error.offset === 2 && error.topic === topic && error.partition === 0 && error.code === "R7704");
    await expect(fetchAll(client, [{ topic, partition: 0, from: 20, until: 30 }])).rejects.toMatchObject({ code: "R7704", offset: 20 });
    await expect(fetchAll(client, [{ topic: "not-there", partition: 0, from: 3, until: 8 }])).rejects.toMatchObject({ code: "R7704", offset: 3 });
  });

  over("refuses messages to topics and partitions that are not there, and those that are too large", async (client) => {
    const topic = await freshTopic(broker, "small", 1, { "max.message.bytes": "2000" });
    const producer = await client.producer({ compression: "none" });
    await expect(producer.send([message("not-there", "x")])).rejects.toMatchObject({ code: "R7703" });
    await expect(producer.send([message(topic, "x", { partition: 3 })])).rejects.toMatchObject({ code: "R7703" });
    await expect(producer.send([message(topic, "x".repeat(3000))])).rejects.toSatisfy((error) => error instanceof Error && error.message.includes(topic) && error.message.includes("about 30"));
    // Many that are small enough by themselves arrive, although they are more than one batch may hold.
    await producer.send(range(0, 500).map((value) => message(topic, `${value}${"x".repeat(90)}`)));
    expect((await valuesOf(client, { topic, partition: 0, from: 0, until: 500 })).values.map((value) => value?.replaceAll("x", ""))).toEqual(range(0, 500));
    await producer.close();
  });

  over("fetches ahead by its bound and no further, and a message that is larger than a request still comes", async (client) => {
    const topic = await freshTopic(broker, "ahead", 1, { "max.message.bytes": "5000000" });
    const large = "y".repeat(3_000_000);
    await send(client, [...range(0, 30).map((value) => message(topic, value.padEnd(100_000, " "))), message(topic, large)]);
    let most = 0;
    let count = 0;
    for await (const { messages } of client.fetch([{ topic, partition: 0, from: 0, until: 31 }], { isolation: "read_committed", bytesAhead: 200_000, maxWait: 50, signal: new AbortController().signal })) {
      most = Math.max(most, messages.length);
      count += messages.length;
    }
    expect(count).toBe(31);
    expect(most).toBeLessThan(31);
  });

  over("commits offsets to a group that tools can see", async (client) => {
    const topic = await freshTopic(broker, "lag", 2);
    await client.commitOffsets(`${topic}-group`, [{ topic, partition: 0, offset: 12 }, { topic, partition: 1, offset: 3 }]);
    await client.commitOffsets(`${topic}-group`, [{ topic, partition: 1, offset: 4 }]);
    expect(await groupOffsets(broker, `${topic}-group`, topic)).toEqual([12, 4]);
  });
}

test("a process that closed its client ends", async () => {
  const topic = await freshTopic(broker, "ends");
  const program = fileURLToPath(new URL("support/use-client.ts", import.meta.url));
  const began = Date.now();
  expect(await new Promise((resolve, reject) => execFile(process.execPath, ["--import", "tsx", program, broker, topic], (error, output) => (error === null ? resolve(output) : reject(error))))).toBe("closed");
  expect(Date.now() - began).toBeLessThan(15_000);
});
