import fc from "fast-check";
import { expect, test } from "vitest";
import { rateLimited } from "../../../../runtime/connectors/kafka/read-limits.ts";
import { splitRanges, type OffsetRange } from "../../../../runtime/connectors/kafka/split-ranges.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { openStream } from "./support.ts";

function topicOf(...sizes: readonly number[]): KafkaInMemory {
  const broker = new KafkaInMemory();
  broker.createTopic("t", sizes.length);
  sizes.forEach((size, partition) => broker.appendNumbers("t", partition, 0, size));
  return broker;
}

test("T09: a batch is shared out by what each partition has waiting, also after a restart; `once` ignores the limit", async () => {
  const broker = topicOf(101, 11, 1);
  const options = { subscribe: "t", startingOffsets: "earliest", maxOffsetsPerTrigger: 10n };
  const first = await openStream(broker, options);
  const ends: string[] = [];
  let at: string | undefined;
  for (let batch = 0; batch < 2; batch++) ends.push((at = (await first.source.latest(at, batch, false)) ?? ""));
  await first.source.close();
  const second = await openStream(broker, options, { log: first.log });
  for (let batch = 2; batch < 4; batch++) ends.push((at = (await second.source.latest(at, batch, false)) ?? ""));
  expect(ends).toEqual(['{"t":{"0":8,"1":1,"2":1}}', '{"t":{"0":17,"1":2,"2":1}}', '{"t":{"0":26,"1":3,"2":1}}', '{"t":{"0":35,"1":4,"2":1}}']);
  expect(await second.source.latest(at, 4, true)).toBe('{"t":{"0":101,"1":11,"2":1}}');
});

test("T10: a batch waits for enough messages, or until the delay since the last one is over; the first always runs", async () => {
  const broker = topicOf(10, 5, 1);
  const host = new SimHost();
  const { source } = await openStream(broker, { subscribe: "t", startingOffsets: "earliest", minOffsetsPerTrigger: 15, maxTriggerDelay: 5_000_000 }, { host });
  const first = await source.latest(undefined, 0, false);
  expect(first).toBe('{"t":{"0":10,"1":5,"2":1}}');
  await host.clock.advance(1000);
  broker.appendNumbers("t", 0, 10, 6);
  expect(await source.latest(first, 1, false)).toBe(first);
  broker.appendNumbers("t", 1, 5, 12);
  const second = await source.latest(first, 1, false);
  expect(second).toBe('{"t":{"0":16,"1":17,"2":1}}');
  broker.appendNumbers("t", 0, 16, 10);
  await host.clock.advance(4999);
  expect(await source.latest(second, 2, false)).toBe(second);
  await host.clock.advance(1);
  expect(await source.latest(second, 2, false)).toBe('{"t":{"0":26,"1":17,"2":1}}');
});

test("what waits for a batch wakes when the delay is over", async () => {
  const broker = topicOf(1);
  const host = new SimHost({ autoAdvance: true });
  const { source } = await openStream(broker, { subscribe: "t", startingOffsets: "earliest", minOffsetsPerTrigger: 5, maxTriggerDelay: 7_000_000 }, { host });
  const first = await source.latest(undefined, 0, false);
  const started = host.clock.monotonic();
  broker.append("t", 0, "a");
  expect(await source.latest(first, 1, false)).toBe(first);
  await source.waitForData(new AbortController().signal);
  expect(host.clock.monotonic() - started).toBe(7000);
  expect(await source.latest(first, 1, false)).toBe('{"t":{"0":2}}');
});

const ranges = (text: string): readonly OffsetRange[] =>
  text.split(" ").map((each) => {
    const match = /^(\w+)\[(\d+),(\d+)\)$/.exec(each);
    return { key: match?.[1] ?? "", from: Number(match?.[2]), until: Number(match?.[3]) };
  });
const shown = (split: readonly OffsetRange[]): string => split.map(({ key, from, until }) => `${key}[${from},${until})`).join(" ");

test.each([
  [{ minPartitions: 4 }, "p0[1,5) p1[1,21)", "p0[1,5) p1[1,7) p1[7,14) p1[14,21)"],
  [{ minPartitions: 6 }, "p0[0,10) p1[0,10) p2[0,1)", "p0[0,3) p0[3,6) p0[6,10) p1[0,3) p1[3,6) p1[6,10) p2[0,1)"],
  [{ minPartitions: 6 }, "p0[0,500) p1[0,12000) p2[0,15001)", "p0[0,500) p1[0,6000) p1[6000,12000) p2[0,5000) p2[5000,10000) p2[10000,15001)"],
  [{ minPartitions: 3 }, "p0[1,11)", "p0[1,4) p0[4,7) p0[7,11)"],
  [{ minPartitions: 4 }, "p0[1,2) p1[1,1001)", "p0[1,2) p1[1,334) p1[334,667) p1[667,1001)"],
  [{ maxRecords: 20 }, "p0[1,40) p1[1,50) p2[1,60)", "p0[1,20) p0[20,40) p1[1,17) p1[17,33) p1[33,50) p2[1,20) p2[20,40) p2[40,60)"],
])("T11: %o splits %s", (splits, given, expected) => {
  expect(shown([...splitRanges(ranges(given), { minPartitions: undefined, maxRecords: undefined, ...splits })])).toBe(expected);
});

test("splits cover their ranges exactly, in order, and no piece is larger than asked for", () => {
  const sizes = fc.array(fc.tuple(fc.nat(50), fc.nat(500)), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sizes, fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }), fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }), (given, minPartitions, maxRecords) => {
      const all = given.map(([from, size], at) => ({ key: `p${at}`, from, until: from + size }));
      const split = [...splitRanges(all, { minPartitions, maxRecords })];
      for (const { key, from, until } of all) {
        const pieces = split.filter((piece) => piece.key === key);
        expect(pieces.reduce((at, piece) => (piece.from === at ? piece.until : NaN), from)).toBe(until);
        if (maxRecords !== undefined) expect(Math.max(0, ...pieces.map((piece) => piece.until - piece.from))).toBeLessThanOrEqual(maxRecords);
      }
    }),
  );
});

test("pieces are made as they are read: a backlog of more messages than memory holds can be read one by one", () => {
  const pieces = splitRanges([{ key: "p0", from: 0, until: 2 ** 52 }], { minPartitions: 3, maxRecords: 1 });
  expect(pieces.next().value).toEqual({ key: "p0", from: 0, until: 1 });
  expect(pieces.next().value).toEqual({ key: "p0", from: 1, until: 2 });
});

test("a rate limit starves no partition and goes beyond no end", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 500 }), (given, limit) => {
      const from = new Map(given.map(([start], at) => [`p/${at}`, start]));
      const ends = new Map(given.map(([start, size], at) => [`p/${at}`, start + size]));
      const limited = rateLimited(limit, from, ends);
      let taken = 0;
      for (const [key, end] of ends) {
        const size = (limited.get(key) ?? NaN) - (from.get(key) ?? NaN);
        taken += size;
        expect(size).toBeLessThanOrEqual(end - (from.get(key) ?? 0));
        if (end > (from.get(key) ?? 0)) expect(size).toBeGreaterThan(0);
      }
      expect(taken).toBeLessThanOrEqual(limit + given.length);
    }),
  );
});
