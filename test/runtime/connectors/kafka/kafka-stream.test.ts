import { expect, test } from "vitest";
import type { ClientOptions, KafkaClientFactory } from "../../../../runtime/connectors/kafka/client/kafka-client.ts";
import { OffsetOutOfRange } from "../../../../runtime/connectors/kafka/client/kafka-errors.ts";
import { kafkaSource } from "../../../../runtime/connectors/kafka/source.ts";
import { VolatileLog } from "../../../../runtime/connectors/volatile-log.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { codeOf, sourceContext } from "../support.ts";
import { batchesOf, offsetsOf, openStream, valuesOf, type OpenedStream } from "./support.ts";

function brokerWith(topic: string, ...sizes: readonly number[]): KafkaInMemory {
  const broker = new KafkaInMemory();
  broker.createTopic(topic, sizes.length);
  sizes.forEach((size, partition) => broker.appendNumbers(topic, partition, 0, size));
  return broker;
}

const fromEarliest = { subscribe: "t", startingOffsets: "earliest" };

test("T12: with read_committed batches end where transactions are decided; marks and aborted messages advance", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("t");
  const { source } = await openStream(broker, { ...fromEarliest, maxOffsetsPerTrigger: 3 });
  let at: string | undefined;
  let batch = 0;
  const next = async (): Promise<readonly string[] | undefined> => {
    const to = await source.latest(at, batch, false);
    if (to === undefined || to === at) return undefined;
    const read = await offsetsOf(source.read(at, to));
    source.commit(to, batch++);
    at = to;
    return read;
  };
  const first = broker.begin();
  first.append("t", 0, "0", "1", "2", "3", "4");
  expect(await next()).toBeUndefined();
  first.commit();
  expect([await next(), await next()]).toEqual([["t/0: 0 1 2"], ["t/0: 3 4"]]);
  const aborted = broker.begin();
  aborted.append("t", 0, "6", "7", "8", "9", "10");
  aborted.abort();
  expect([await next(), await next(), await next()]).toEqual([[], [], undefined]);
  const second = broker.begin();
  second.append("t", 0, "12", "13", "14", "15", "16");
  second.commit();
  expect([await next(), await next()]).toEqual([["t/0: 12 13 14"], ["t/0: 15 16"]]);
  for (const values of [["18"], ["20"], ["22", "23"]]) {
    const each = broker.begin();
    each.append("t", 0, ...values);
    each.commit();
  }
  expect([await next(), await next(), await next(), await next()]).toEqual([["t/0: 18 20"], ["t/0: 22 23"], [], undefined]);
});

test("with read_uncommitted open and aborted messages are read as well", async () => {
  const broker = brokerWith("t", 0);
  broker.begin().append("t", 0, "open");
  const aborted = broker.begin();
  aborted.append("t", 0, "aborted");
  aborted.abort();
  const [batch] = await batchesOf(await openStream(broker, { ...fromEarliest, isolation: "read_uncommitted" }));
  expect(batch).toEqual({ to: '{"t":{"0":3}}', values: ["open", "aborted"] });
});

test("a stream begins at the end unless told otherwise, which is resolved once and kept before a batch is planned", async () => {
  const broker = brokerWith("t", 3);
  const first = await openStream(broker, { subscribe: "t" });
  expect(await first.source.latest(undefined, 0, false)).toBeUndefined();
  expect(new TextDecoder().decode(first.log.read(0))).toContain('"start":{"t":{"0":3}}');
  broker.append("t", 0, "while it was away");
  const second = await openStream(broker, { subscribe: "t" }, { log: first.log });
  expect(await batchesOf(second)).toEqual([{ to: '{"t":{"0":4}}', values: ["while it was away"] }]);
  // Not asked again, whatever the options say now.
  const third = await openStream(broker, { subscribe: "t", startingOffsets: "earliest" }, { log: first.log });
  expect(await batchesOf(third)).toEqual([{ to: '{"t":{"0":4}}', values: ["while it was away"] }]);
});

test("where it begins, by partition: an offset, -2 the earliest, -1 the latest, as JSON or as a record", async () => {
  const expected = [{ to: '{"t":{"0":3,"1":3,"2":3}}', values: ["1", "2", "0", "1", "2"] }];
  for (const startingOffsets of ['{"t":{"0":1,"1":-2,"2":-1}}', [["t", [[0, 1n], [1, -2], [2, -1]]]] as const]) {
    expect(await batchesOf(await openStream(brokerWith("t", 3, 3, 3), { subscribe: "t", startingOffsets }))).toEqual(expected);
  }
});

test("offsets by partition name exactly the partitions that are read", async () => {
  for (const startingOffsets of ['{"t":{"0":1}}', '{"t":{"0":1,"1":1,"2":1}}', '{"other":{"0":1,"1":1}}']) {
    const { source } = await openStream(brokerWith("t", 3, 3), { subscribe: "t", startingOffsets });
    expect(await codeOf(() => source.latest(undefined, 0, false))).toBe("R7713");
  }
  for (const startingOffsets of ["somewhere", '{"t":{"0":-3}}', '{"t":{"0":1.5}}', '{"t":[1]}']) expect(await codeOf(() => openStream(brokerWith("t", 3), { subscribe: "t", startingOffsets }))).toBe("R7711");
});

test("a start beyond what is there is a loss", async () => {
  const options = { subscribe: "t", startingOffsets: '{"t":{"0":7}}' };
  expect(await codeOf(async () => (await openStream(brokerWith("t", 3), options)).source.latest(undefined, 0, false))).toBe("R7715");
  const opened = await openStream(brokerWith("t", 3), { ...options, failOnDataLoss: false });
  expect(await batchesOf(opened)).toEqual([]);
  expect(opened.warnings).toEqual(["topic t, partition 0: the offset 7 is asked for, and there are those from 0 to 3; messages may be missing from the result (failOnDataLoss is false)"]);
});

test("a time for all goes before times by partition, and these before offsets; without a match it is an error, or the end", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("t", 2);
  for (const partition of [0, 1]) for (const second of [10, 20, 30]) broker.append("t", partition, { value: `${partition}-${second}`, timestamp: second * 1_000_000 });
  const start = async (options: object): Promise<readonly string[]> => (await batchesOf(await openStream(broker, { subscribe: "t", ...options }))).flatMap(({ values }) => values);
  const byTimestamp = { startingOffsetsByTimestamp: [["t", [[0, 30_000_000], [1, 15_000_000n]]]] as const, startingOffsets: "earliest" };
  expect(await start({ startingTimestamp: 20_000_000, ...byTimestamp })).toEqual(["0-20", "0-30", "1-20", "1-30"]);
  expect(await start(byTimestamp)).toEqual(["0-30", "1-20", "1-30"]);
  expect(await start({ startingOffsetsByTimestamp: '{"t":{"0":30000,"1":15000}}' })).toEqual(["0-30", "1-20", "1-30"]);
  expect(await codeOf(() => start({ startingTimestamp: 31_000_000 }))).toBe("R7714");
  expect(await start({ startingTimestamp: 31_000_000, startingOffsetsByTimestampStrategy: "latest" })).toEqual([]);
});

test("exactly one option says what is read", async () => {
  const broker = brokerWith("t", 1);
  expect(await codeOf(() => openStream(broker, {}))).toBe("R7710");
  expect(await codeOf(() => openStream(broker, { subscribe: "t", subscribePattern: "t" }))).toBe("R7710");
  expect(await codeOf(() => openStream(broker, { subscribePattern: "t(" }))).toBe("R7716");
  expect(await codeOf(() => openStream(broker, { subscribePattern: "a)(b" }))).toBe("R7716");
  expect(await codeOf(() => openStream(broker, { subscribe: "t", endingOffsets: "latest" }))).toBe("R7711");
  for (const options of [{ subscribe: ["t", "nothing"] }, { assign: [["nothing", [0]]] as const }, { assign: [["t", [0, 1]]] as const }]) {
    const { source } = await openStream(broker, options);
    expect(await codeOf(() => source.latest(undefined, 0, false))).toBe("R7712");
  }
});

test("assigned partitions alone are read", async () => {
  const broker = brokerWith("t", 2, 2, 2);
  expect(await batchesOf(await openStream(broker, { assign: [["t", [2, 0n]]], startingOffsets: "earliest" }))).toEqual([{ to: '{"t":{"0":2,"2":2}}', values: ["0", "1", "0", "1"] }]);
});

test("a pattern matches whole names, and a topic that is made later is read from its beginning", async () => {
  const broker = brokerWith("clicks-a", 1);
  broker.createTopic("my-clicks-a");
  const opened = await openStream(broker, { subscribePattern: "clicks-.*" });
  expect(await opened.source.latest(undefined, 0, false)).toBeUndefined();
  broker.createTopic("clicks-b");
  broker.appendNumbers("clicks-b", 0, 0, 2);
  expect(await batchesOf(opened)).toEqual([{ to: '{"clicks-a":{"0":1},"clicks-b":{"0":2}}', values: ["0", "1"] }]);
  broker.addPartitions("clicks-a", 2);
  broker.append("clicks-a", 1, "x");
  expect(await batchesOf(opened, '{"clicks-a":{"0":1},"clicks-b":{"0":2}}', 1)).toEqual([{ to: '{"clicks-a":{"0":1,"1":1},"clicks-b":{"0":2}}', values: ["x"] }]);
});

test("a pattern that matches no topic at the start is told of once", async () => {
  const broker = brokerWith("clicks", 1);
  const opened = await openStream(broker, { subscribePattern: "click" });
  expect(await opened.source.latest(undefined, 0, false)).toBeUndefined();
  expect(await opened.source.latest(undefined, 0, false)).toBeUndefined();
  expect(opened.warnings).toEqual(['no topic matches the pattern "click" of `subscribePattern`, which has to match a topic\'s whole name']);
});

test("a new partition that does not begin at 0 has lost something, which is said once", async () => {
  const broker = brokerWith("t", 1);
  const strict = await openStream(broker, fromEarliest);
  const loose = await openStream(broker, { ...fromEarliest, failOnDataLoss: false });
  const first = await strict.source.latest(undefined, 0, false);
  expect(await loose.source.latest(undefined, 0, false)).toBe(first);
  broker.addPartitions("t", 2);
  broker.appendNumbers("t", 1, 0, 10);
  broker.removeBelow("t", 1, 8);
  expect(await codeOf(() => strict.source.latest(first, 1, false))).toBe("R7715");
  expect(await batchesOf(loose, first, 1)).toEqual([{ to: '{"t":{"0":1,"1":10}}', values: ["8", "9"] }]);
  expect(loose.warnings).toHaveLength(1);
});

test("what retention took before it was read is a loss; the next that is there follows, never twice", async () => {
  const plan = async (failOnDataLoss: boolean) => {
    const broker = brokerWith("t", 10, 3);
    broker.fetchSize = 2;
    const opened = await openStream(broker, { ...fromEarliest, failOnDataLoss });
    const to = (await opened.source.latest(undefined, 0, false)) ?? "";
    broker.removeBelow("t", 0, 6);
    return { opened, to };
  };
  const strict = await plan(true);
  expect(await codeOf(() => valuesOf(strict.opened.source.read(undefined, strict.to)))).toBe("R7715");
  const loose = await plan(false);
  expect(await valuesOf(loose.opened.source.read(undefined, loose.to))).toEqual(["6", "7", "8", "9", "0", "1", "2"]);
  expect(loose.opened.warnings).toEqual(["topic t, partition 0: the offsets from 0 to 5 are gone; messages may be missing from the result (failOnDataLoss is false)"]);
});

test("retention in the middle of a batch", async () => {
  const broker = brokerWith("t", 10);
  broker.fetchSize = 2;
  const { source } = await openStream(broker, { ...fromEarliest, failOnDataLoss: false });
  const to = (await source.latest(undefined, 0, false)) ?? "";
  const seen: number[] = [];
  for await (const { messages } of source.read(undefined, to)) {
    seen.push(...(messages?.messages.map(({ offset }) => offset) ?? []));
    if (seen.length === 2) broker.removeBelow("t", 0, 8);
  }
  expect(seen).toEqual([...new Set(seen)]);
  expect(seen.slice(-2)).toEqual([8, 9]);
});

test("holes of compaction are no loss", async () => {
  const broker = brokerWith("t", 6);
  broker.compact("t", 0, 0, 2, 5);
  expect(await batchesOf(await openStream(broker, fromEarliest))).toEqual([{ to: '{"t":{"0":6}}', values: ["1", "3", "4"] }]);
});

test("a deleted topic is a loss; without failOnDataLoss the others go on, and the topic that is made again is read from its beginning", async () => {
  const broker = brokerWith("a", 2);
  broker.createTopic("b");
  broker.append("b", 0, "b0");
  const options = { subscribe: ["a", "b"], startingOffsets: "earliest" };
  const strict = await openStream(broker, options);
  const loose = await openStream(broker, { ...options, failOnDataLoss: false });
  const first = await strict.source.latest(undefined, 0, false);
  expect(await loose.source.latest(undefined, 0, false)).toBe(first);
  broker.deleteTopic("a");
  broker.append("b", 0, "b1");
  expect(await codeOf(() => strict.source.latest(first, 1, false))).toBe("R7715");
  const next = await batchesOf(loose, first, 1);
  // Its offsets are kept.
  expect(next).toEqual([{ to: '{"a":{"0":2},"b":{"0":2}}', values: ["b1"] }]);
  broker.createTopic("a");
  broker.append("a", 0, "new");
  expect(await batchesOf(loose, next[0]?.to, 2)).toEqual([{ to: '{"a":{"0":0},"b":{"0":2}}', values: [] }, { to: '{"a":{"0":1},"b":{"0":2}}', values: ["new"] }]);
});

test.each([1, 20])("a topic made again between two batches, with %i messages, is noticed also after a restart", async (size) => {
  const broker = brokerWith("t", 5);
  const before = await openStream(broker, fromEarliest);
  const first = (await before.source.latest(undefined, 0, false)) ?? "";
  before.source.commit(first, 0);
  await before.source.close();
  broker.deleteTopic("t");
  broker.createTopic("t");
  broker.appendNumbers("t", 0, 100, size);
  const strict = await openStream(broker, fromEarliest, { log: before.log });
  expect(await codeOf(() => strict.source.latest(first, 1, false))).toBe("R7715");
  const loose = await openStream(broker, { ...fromEarliest, failOnDataLoss: false }, { log: before.log });
  const batches = await batchesOf(loose, first, 1);
  expect(batches.flatMap(({ values }) => values)).toEqual(Array.from({ length: size }, (_, at) => String(100 + at)));
  expect(loose.warnings).toHaveLength(1);
});

test("an end that goes backwards for a moment is asked again; one that stays is a loss", async () => {
  const broker = brokerWith("t", 5);
  const opened = await openStream(broker, fromEarliest);
  const first = await opened.source.latest(undefined, 0, false);
  broker.goBackwards("t", 0, 3, 2);
  expect(await opened.source.latest(first, 1, false)).toBe(first);
  broker.goBackwards("t", 0, 3, 100);
  expect(await codeOf(() => opened.source.latest(first, 1, false))).toBe("R7715");
  const loose = await openStream(broker, { ...fromEarliest, failOnDataLoss: false }, { log: opened.log });
  // What was read is not read again: a broker that is behind comes back, and of messages that were read none is told from another.
  expect(await loose.source.latest(first, 1, false)).toBe(first);
  broker.goBackwards("t", 0, 5, 0);
  broker.append("t", 0, "5");
  expect(await batchesOf(loose, first, 1)).toEqual([{ to: '{"t":{"0":6}}', values: ["5"] }]);
  expect(loose.warnings).toHaveLength(1);
});

test("a batch that is run again waits for no offset that is gone for good", async () => {
  const broker = brokerWith("t", 5);
  const first = await openStream(broker, fromEarliest);
  const to = (await first.source.latest(undefined, 0, false)) ?? "";
  broker.deleteTopic("t");
  broker.createTopic("t");
  broker.appendNumbers("t", 0, 0, 2);
  const strict = await openStream(broker, fromEarliest, { log: first.log });
  expect(await codeOf(() => valuesOf(strict.source.read(undefined, to)))).toBe("R7715");
  const loose = await openStream(broker, { ...fromEarliest, failOnDataLoss: false }, { log: first.log });
  expect(await valuesOf(loose.source.read(undefined, to))).toEqual([]);
  expect((await batchesOf(loose, to, 1)).flatMap(({ values }) => values)).toEqual(["0", "1"]);
});

test.each([true, false])("a batch that is run again takes nothing of the next topic of that name, which is then read from its beginning (failOnDataLoss %s)", async (failOnDataLoss) => {
  const broker = brokerWith("t", 3);
  const before = await openStream(broker, fromEarliest);
  const [first] = await batchesOf(before);
  broker.appendNumbers("t", 0, 3, 3);
  const planned = (await before.source.latest(first?.to, 1, false)) ?? "";
  broker.deleteTopic("t");
  broker.createTopic("t");
  broker.appendNumbers("t", 0, 100, 8);
  const after = await openStream(broker, { ...fromEarliest, failOnDataLoss }, { log: before.log });
  const replayed = valuesOf(after.source.read(first?.to, planned));
  if (failOnDataLoss) return expect(await codeOf(() => replayed)).toBe("R7715");
  expect(await replayed).toEqual([]);
  expect((await batchesOf(after, planned, 2)).flatMap(({ values }) => values)).toEqual(["100", "101", "102", "103", "104", "105", "106", "107"]);
  return expect(after.warnings.every((warning) => warning.includes("deleted and made again"))).toBe(true);
});

test("a topic's id that is not told for once is not forgotten", async () => {
  const broker = brokerWith("t", 3);
  broker.createTopic("u");
  let isHidden = false;
  const opened = await openStream(broker, { subscribe: "t,u", startingOffsets: "earliest" }, { client: (client) => ({ ...client, topicIds: async (topics) => client.topicIds(topics.filter((topic) => !isHidden || topic !== "t")) }) });
  const [first] = await batchesOf(opened);
  isHidden = true;
  broker.append("u", 0, "x");
  const [second] = await batchesOf(opened, first?.to, 1);
  isHidden = false;
  broker.deleteTopic("t");
  broker.createTopic("t");
  broker.appendNumbers("t", 0, 100, 6);
  expect(await codeOf(() => opened.source.latest(second?.to, 2, false))).toBe("R7715");
});

test.each([1, 100])("a topic that %i answers leave out goes on where it was", async (times) => {
  const broker = brokerWith("t", 3);
  let left = 0;
  const opened = await openStream(broker, { ...fromEarliest, failOnDataLoss: false }, { client: (client) => ({ ...client, partitions: async (topics) => (left-- > 0 ? new Map() : client.partitions(topics)) }) });
  const [first] = await batchesOf(opened);
  left = times;
  expect(await opened.source.latest(first?.to, 1, false)).toBe(first?.to);
  left = 0;
  broker.append("t", 0, "3");
  expect(await batchesOf(opened, first?.to, 1)).toEqual([{ to: '{"t":{"0":4}}', values: ["3"] }]);
  expect(opened.warnings).toHaveLength(times === 1 ? 0 : 1);
});

test("a batch that is run again waits for a topic that not all brokers know for a moment", async () => {
  const broker = brokerWith("t", 3);
  const before = await openStream(broker, fromEarliest);
  const to = (await before.source.latest(undefined, 0, false)) ?? "";
  let left = 8;
  const after = await openStream(broker, { ...fromEarliest, failOnDataLoss: false }, { log: before.log, client: (client) => ({ ...client, offsets: async (partitions, query, isolation) => (left-- > 0 ? partitions.map(() => undefined) : client.offsets(partitions, query, isolation)) }) });
  expect(await valuesOf(after.source.read(undefined, to))).toEqual(["0", "1", "2"]);
  expect(after.warnings).toEqual([]);
});

test("a topic that is not there while it is read is asked for again before its range is given up", async () => {
  const broker = brokerWith("t", 3);
  let left = 5;
  const opened = await openStream(broker, { ...fromEarliest, failOnDataLoss: false });
  broker.intercept = (call) => {
    if (call === "fetch" && left-- > 0) throw new OffsetOutOfRange({ topic: "t", partition: 0 }, 0);
  };
  expect((await batchesOf(opened)).flatMap(({ values }) => values)).toEqual(["0", "1", "2"]);
  expect(opened.warnings).toEqual([]);
});

test("where it begins is asked for until every partition answers; one that never does is an error, and not new later", async () => {
  for (const times of [3, 1000]) {
    const broker = brokerWith("t", 3, 4);
    let left = times;
    const { source } = await openStream(broker, { subscribe: "t" }, { client: (client) => ({ ...client, offsets: async (partitions, query, isolation) => (await client.offsets(partitions, query, isolation)).map((offset, at) => (at === 1 && left-- > 0 ? undefined : offset)) }) });
    if (times > 100) expect(await codeOf(() => source.latest(undefined, 0, false))).toBe("R7717");
    else expect(await source.latest(undefined, 0, false)).toBeUndefined();
  }
});

test("what was read with read_uncommitted and is not decided yet is waited for, and is no loss", async () => {
  const broker = brokerWith("t", 2);
  const transaction = broker.begin();
  transaction.append("t", 0, "2", "3");
  const before = await openStream(broker, { ...fromEarliest, isolation: "read_uncommitted" });
  const to = (await before.source.latest(undefined, 0, false)) ?? "";
  const after = await openStream(broker, fromEarliest, { log: before.log });
  expect(await after.source.latest(to, 1, false)).toBe(to);
  const replayed = valuesOf(after.source.read(undefined, to));
  transaction.commit();
  expect(await replayed).toEqual(["0", "1", "2", "3"]);
  broker.append("t", 0, "5");
  expect(await batchesOf(after, to, 1)).toEqual([{ to: '{"t":{"0":6}}', values: ["5"] }]);
  expect(after.warnings).toEqual([]);
});

test("brokers that do not answer keep a reading, a following and a closing no longer than the query", async () => {
  const broker = brokerWith("t", 3);
  const before = await openStream(broker, fromEarliest);
  const to = (await before.source.latest(undefined, 0, false)) ?? "";
  for (const silent of ["offsets", "topicIds", "partitions"]) {
    const interrupted = new AbortController();
    const { source } = await openStream(broker, fromEarliest, { log: before.log, signal: interrupted.signal });
    broker.intercept = (call, moment) => (call === silent && moment === "before" ? new Promise(() => {}) : undefined);
    const reading = silent === "partitions" ? undefined : valuesOf(source.read(undefined, to));
    const following = (async () => {
      for await (const _ of source.follow?.(to, interrupted.signal) ?? []);
    })();
    await settled();
    interrupted.abort(new Error("interrupted"));
    if (reading !== undefined) await expect(reading).rejects.toThrow("interrupted");
    await following;
    broker.intercept = undefined;
    await source.close();
  }
  const group = await openStream(broker, { ...fromEarliest, commitOffsetsTo: "lag" });
  broker.intercept = (call, moment) => (call === "commitOffsets" && moment === "before" ? new Promise(() => {}) : undefined);
  await batchesOf(group);
  await group.source.close();
  expect(group.warnings[0]).toContain("nobody answered before the query ended");
});

/** Follows a stream: its chunks' values, with the position behind each. */
function followed({ source }: OpenedStream, from: string | undefined, batch?: number): { readonly seen: string[]; stop(): Promise<void> } {
  const seen: string[] = [];
  const ended = new AbortController();
  const following = (async () => {
    for await (const { chunk, to, endsEpoch } of source.follow?.(from, ended.signal, batch) ?? []) {
      seen.push(`${(chunk.messages?.messages ?? []).map(({ value }) => Buffer.from(value ?? []).toString()).join(" ")} ${to}`);
      if (endsEpoch === true) source.seal?.(to, batch ?? 1);
    }
  })();
  return { seen, stop: async () => { ended.abort(); await following; } };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test.each([3, 8])("followed from where it was, a topic that was made again with %i messages is a loss, and is read from its beginning", async (size) => {
  const broker = brokerWith("t", 5);
  const before = await openStream(broker, fromEarliest);
  const [first] = await batchesOf(before);
  broker.deleteTopic("t");
  broker.createTopic("t");
  broker.appendNumbers("t", 0, 100, size);
  const strict = await openStream(broker, fromEarliest, { log: before.log });
  expect(await codeOf(async () => { for await (const _ of strict.source.follow?.(first?.to, new AbortController().signal, 1) ?? []); })).toBe("R7715");
  const loose = await openStream(broker, { ...fromEarliest, failOnDataLoss: false }, { log: before.log });
  const { seen, stop } = followed(loose, first?.to, 1);
  await settled();
  await stop();
  const values = Array.from({ length: size }, (_, at) => String(100 + at)).join(" ");
  expect(seen).toEqual([' {"t":{"0":0}}', `${values} {"t":{"0":${size}}}`]);
  // The epoch that ended there keeps the id of the topic.
  const again = await openStream(broker, fromEarliest, { log: before.log });
  expect(await again.source.latest(`{"t":{"0":${size}}}`, 2, false)).toBe(`{"t":{"0":${size}}}`);
});

test("what is followed and made again in the first epoch is where the query begins, if that epoch is cut off; other topics begin where they did", async () => {
  const broker = brokerWith("t", 2);
  broker.createTopic("u");
  broker.append("u", 0, "u0");
  const opened = await openStream(broker, { subscribe: "t,u", startingOffsets: "earliest", failOnDataLoss: false }, { host: new SimHost() });
  const { stop } = followed(opened, undefined, 0);
  await settled();
  broker.deleteTopic("t");
  broker.createTopic("t");
  broker.appendNumbers("t", 0, 100, 3);
  for (let second = 0; second < 12; second++) {
    await opened.host.clock.advance(1000);
    await settled();
  }
  await stop();
  const again = await openStream(broker, { subscribe: "t,u" }, { log: opened.log });
  expect(await batchesOf(again)).toEqual([{ to: '{"t":{"0":3},"u":{"0":1}}', values: ["100", "101", "102", "u0"] }]);
});

test("while it is followed, a topic that is made again is found out, and one that is away for a while goes on where it was", async () => {
  const broker = brokerWith("t", 2);
  broker.createTopic("u");
  broker.append("u", 0, "u0");
  let isHidden = false;
  const host = new SimHost();
  const opened = await openStream(broker, { subscribe: "t,u", startingOffsets: "earliest", failOnDataLoss: false }, { host, client: (client) => ({ ...client, partitions: async (topics) => new Map([...(await client.partitions(topics))].filter(([topic]) => !isHidden || topic !== "u")) }) });
  const { seen, stop } = followed(opened, undefined, 0);
  await settled();
  expect(seen.splice(0)).toEqual(['0 1 {"t":{"0":2},"u":{"0":0}}', 'u0 {"t":{"0":2},"u":{"0":1}}']);
  isHidden = true;
  broker.deleteTopic("t");
  broker.createTopic("t");
  broker.appendNumbers("t", 0, 100, 2);
  for (let second = 0; second < 20; second++) {
    await host.clock.advance(1000);
    await settled();
  }
  expect(seen.splice(0)).toEqual([' {"t":{"0":0},"u":{"0":1}}', '100 101 {"t":{"0":2},"u":{"0":1}}']);
  isHidden = false;
  broker.append("u", 0, "u1");
  for (let second = 0; second < 20; second++) {
    await host.clock.advance(1000);
    await settled();
  }
  expect(seen).toEqual(['u1 {"t":{"0":2},"u":{"0":2}}']);
  await stop();
});

test("a batch that is run again has the same messages in the same order, whatever has come since", async () => {
  const broker = brokerWith("t", 7, 5, 3);
  broker.fetchSize = 2;
  const first = await openStream(broker, { ...fromEarliest, minPartitions: 7 });
  const to = (await first.source.latest(undefined, 0, false)) ?? "";
  const values = await valuesOf(first.source.read(undefined, to));
  broker.appendNumbers("t", 0, 7, 5);
  broker.fetchSize = 3;
  const second = await openStream(broker, { ...fromEarliest, minPartitions: 7 }, { log: first.log });
  expect(await valuesOf(second.source.read(undefined, to))).toEqual(values);
  expect(values).toHaveLength(15);
});

test("a reading that is interrupted fails, and does not end as if it were whole", async () => {
  const broker = brokerWith("t", 10);
  broker.fetchSize = 2;
  const interrupted = new AbortController();
  const opened = await openStream(broker, fromEarliest, { signal: interrupted.signal });
  const to = (await opened.source.latest(undefined, 0, false)) ?? "";
  const reading = (async () => {
    for await (const _ of opened.source.read(undefined, to)) interrupted.abort(new Error("interrupted"));
  })();
  await expect(reading).rejects.toThrow("interrupted");
});

test("available now ends where it did when it started", async () => {
  const broker = brokerWith("t", 5);
  const opened = await openStream(broker, { ...fromEarliest, maxOffsetsPerTrigger: 3, minOffsetsPerTrigger: 2 });
  await opened.source.freezeEnd();
  broker.appendNumbers("t", 0, 5, 5);
  expect((await batchesOf(opened)).map(({ to }) => to)).toEqual(['{"t":{"0":3}}', '{"t":{"0":5}}']);
  broker.deleteTopic("t");
  expect(await codeOf(() => opened.source.latest('{"t":{"0":3}}', 2, false))).toBe("R7715");
});

test("it waits until something comes, or the signal fires, without asking all the time", async () => {
  const broker = brokerWith("t", 1);
  const host = new SimHost();
  const { source } = await openStream(broker, fromEarliest, { host });
  const first = await source.latest(undefined, 0, false);
  let asked = 0;
  broker.intercept = (call, moment) => void (asked += call === "offsets" && moment === "before" ? 1 : 0);
  let woken = false;
  const waiting = source.waitForData(new AbortController().signal).then(() => void (woken = true));
  for (let second = 0; second < 10; second++) await host.clock.advance(1000);
  expect(asked).toBeLessThan(16);
  expect(woken).toBe(false);
  broker.append("t", 0, "x");
  // A request that was held open tells it: no time passes.
  await waiting;
  expect(await source.latest(first, 1, false)).toBe('{"t":{"0":2}}');
  const stop = new AbortController();
  const stopped = source.waitForData(stop.signal);
  stop.abort();
  await stopped;
});

test("a broker that does not answer keeps no query from ending", async () => {
  const broker = brokerWith("t", 1);
  const stopping = new AbortController();
  const { source } = await openStream(broker, fromEarliest, { stopping: stopping.signal });
  broker.intercept = () => new Promise(() => {});
  const waiting = source.latest(undefined, 0, false);
  stopping.abort();
  expect(await waiting).toBeUndefined();
});

test("offsets are committed to a group where the job says one; what goes wrong there is a warning", async () => {
  const broker = brokerWith("t", 3, 1);
  const opened = await openStream(broker, { ...fromEarliest, commitOffsetsTo: "lag" });
  await batchesOf(opened);
  await opened.source.close();
  expect(Object.fromEntries(broker.groups.get("lag") ?? [])).toEqual({ "t/0": 3, "t/1": 1 });
  expect(broker.openClients).toBe(0);
  broker.intercept = (call) => {
    if (call === "commitOffsets") throw new Error("no such group");
  };
  const failing = await openStream(broker, { ...fromEarliest, commitOffsetsTo: "lag" });
  await batchesOf(failing);
  await failing.source.close();
  expect(failing.warnings[0]).toContain("no such group");
});

test("progress says how far behind the latest offsets it is", async () => {
  const { source } = await openStream(brokerWith("t", 101, 11, 1), { ...fromEarliest, maxOffsetsPerTrigger: 10 });
  await source.latest(undefined, 0, false);
  expect(source.metrics).toEqual({ minOffsetsBehindLatest: "0", maxOffsetsBehindLatest: "93", avgOffsetsBehindLatest: String(103 / 3) });
  expect(source.description).toBe("KafkaSource[Subscribe[t]]");
});

test("an offset of another source is refused", async () => {
  const { source } = await openStream(brokerWith("t", 1), fromEarliest);
  for (const offset of ['{"logOffset":1}', "7", '{"t":{"0":-1}}']) expect(await codeOf(() => source.latest(offset, 1, false))).toBe("R7209");
});

test("followed, messages come as they are sent, each with the position behind it, and marks pass", async () => {
  const broker = brokerWith("t", 2, 0);
  const { source, host } = await openStream(broker, fromEarliest, { host: new SimHost() });
  const stop = new AbortController();
  const seen: string[] = [];
  const following = (async () => {
    for await (const { chunk, to } of source.follow?.(undefined, stop.signal) ?? []) seen.push(`${(chunk.messages?.messages ?? []).map(({ value }) => Buffer.from(value ?? []).toString()).join(" ")} ${to}`);
  })();
  await settled();
  broker.append("t", 1, "a");
  await settled();
  const aborted = broker.begin();
  aborted.append("t", 0, "x");
  aborted.abort();
  await settled();
  broker.addPartitions("t", 3);
  broker.append("t", 2, "late");
  await host.clock.advance(10_000);
  await settled();
  stop.abort();
  await following;
  expect(seen).toEqual(['0 1 {"t":{"0":2,"1":0}}', 'a {"t":{"0":2,"1":1}}', ' {"t":{"0":4,"1":1}}', ' {"t":{"0":4,"1":1,"2":0}}', 'late {"t":{"0":4,"1":1,"2":1}}']);
});

test("a log that another wrote is refused", async () => {
  const log = new VolatileLog();
  log.write(0, new TextEncoder().encode("what"));
  const { source } = await openStream(brokerWith("t", 1), fromEarliest, { log });
  expect(await codeOf(() => source.latest(undefined, 0, false))).toBe("R7207");
});

test("a batch is fetched in pieces of so many messages, and so many pieces, as the job says", async () => {
  const pieces = async (options: object): Promise<readonly string[]> => {
    const broker = brokerWith("t", 10, 4);
    const fetched = new Set<string>();
    broker.intercept = (call, _, detail) => {
      if (call === "fetch") fetched.add(((place) => `${place.partition}[${place.from},${place.until})`)(detail as { partition: number; from: number; until: number }));
    };
    const { source } = await openStream(broker, { ...fromEarliest, ...options });
    expect(await valuesOf(source.read(undefined, (await source.latest(undefined, 0, false)) ?? ""))).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1", "2", "3"]);
    return [...fetched].sort();
  };
  expect(await pieces({})).toEqual(["0[0,10)", "1[0,4)"]);
  expect(await pieces({ minPartitions: 3n })).toEqual(["0[0,5)", "0[5,10)", "1[0,4)"]);
  expect(await pieces({ maxRecordsPerPartition: 4 })).toEqual(["0[0,3)", "0[3,6)", "0[6,10)", "1[0,4)"]);
});

test("how long a request and a fetch wait, retries and their interval reach the client", async () => {
  const broker = brokerWith("t", 1);
  const options: ClientOptions[] = [];
  const waits: (number | undefined)[][] = [];
  const kafka: KafkaClientFactory = async (given) => {
    options.push(given);
    const client = await broker.factory(given);
    return { ...client, fetch: (ranges, fetching) => (waits.push([fetching.maxWait, fetching.timeout]), client.fetch(ranges, fetching)) };
  };
  const open = async (more: object): Promise<void> => {
    const source = await kafkaSource({ brokers: "a:1,b:2", ...fromEarliest, ...more }).openStream?.({ ...sourceContext(new SimHost(), { format: "text" }), kafka });
    for await (const _ of source?.read(undefined, (await source.latest(undefined, 0, false)) ?? "") ?? []);
    await source?.close();
  };
  await open({ pollTimeout: 250_000, retries: 7, retryInterval: 50_000n, clientId: "me" });
  await open({ pollTimeout: 120_000_000, requestTimeout: 3_000_000 });
  await open({ requestTimeout: 3_000_000 });
  expect(options[0]).toMatchObject({ brokers: ["a:1", "b:2"], requestTimeout: 30_000, retries: 7, retryInterval: 50, clientId: "me" });
  expect(options[1]?.requestTimeout).toBe(3000);
  expect(waits).toEqual([[250, 250], [500, 120_000], [500, undefined]]);
  expect(broker.openClients).toBe(0);
});

test("numbers of options are checked at start", async () => {
  const broker = brokerWith("t", 1);
  for (const option of ["maxOffsetsPerTrigger", "minOffsetsPerTrigger", "minPartitions", "maxRecordsPerPartition", "maxMessageBytes", "pollTimeout", "maxTriggerDelay"]) {
    expect([option, await codeOf(() => openStream(broker, { ...fromEarliest, [option]: 0 }))]).toEqual([option, "R7201"]);
  }
  expect(await codeOf(() => openStream(broker, { ...fromEarliest, minOffsetsPerTrigger: 5, maxOffsetsPerTrigger: 4 }))).toBe("R7711");
});
