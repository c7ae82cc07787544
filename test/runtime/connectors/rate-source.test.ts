import { expect, test } from "vitest";
import { rateSource, type RateSourceOptions } from "../../../runtime/connectors/rate.ts";
import { valueAtSecond } from "../../../runtime/connectors/rate/value-at-second.ts";
import type { SourceLog, StreamSource } from "../../../runtime/connectors/source.ts";
import { VolatileLog } from "../../../runtime/connectors/volatile-log.ts";
import { Harness } from "../../../runtime/testing/index.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

async function open(host: SimHost, options: RateSourceOptions, log: SourceLog = new VolatileLog()): Promise<StreamSource> {
  const source = await rateSource(options).openStream?.(sourceContext(host, { log }));
  if (source === undefined) throw new TypeError("no stream");
  return source;
}

const values = (text: string): readonly number[] => [...text.matchAll(/"value":(\d+)/g)].map((match) => Number(match[1]));

test("the rate rises evenly and then stays, as Spark counts it", () => {
  // RateStreamProviderSuite: valueAtSecond.
  expect([0, 1, 2].map((second) => valueAtSecond(second, 5, 0))).toEqual([0n, 5n, 10n]);
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((second) => valueAtSecond(second, 10, 4))).toEqual([0n, 2n, 6n, 12n, 20n, 30n, 40n, 50n]);
  expect([0, 1, 2, 3].map((second) => valueAtSecond(second, 5, 2))).toEqual([0n, 1n, 3n, 8n]);
  expect([0, 1, 2, 3, 4].map((second) => valueAtSecond(second, 1, 3))).toEqual([0n, 1n, 3n, 6n, 7n]);
  expect(valueAtSecond(3_000_000_000, 3_000_000_000, 0)).toBe(9_000_000_000_000_000_000n);
});

test("rows come by the clock, spread over the seconds of a batch, and again as they were", async () => {
  const host = new SimHost({ start: 5_000 });
  const log = new VolatileLog();
  const source = await open(host, { rowsPerSecond: 3 }, log);
  expect(await source.latest(undefined, 0, false)).toBeUndefined();
  await host.clock.advance(2_999);
  const first = await source.latest(undefined, 0, false);
  expect(first).toBe("2");
  const text = await textOf(source.read(undefined, first ?? ""));
  expect(text.split("\n").slice(0, 3)).toEqual([
    '{"timestamp":"1970-01-01T00:00:05.000Z","value":0}',
    '{"timestamp":"1970-01-01T00:00:05.333Z","value":1}',
    '{"timestamp":"1970-01-01T00:00:05.667Z","value":2}',
  ]);
  expect(values(text)).toEqual([0, 1, 2, 3, 4, 5]);
  const again = await open(host.afterCrash(), { rowsPerSecond: 3 }, log);
  expect(await textOf(again.read(undefined, first ?? ""))).toBe(text);
  expect(await again.latest("7", 1, false)).toBe("7");
});

test("a frozen end stays, and partitions take turns", async () => {
  const host = new SimHost();
  const source = await open(host, { rowsPerSecond: 5n, numPartitions: 2 });
  await host.clock.advance(1_000);
  await source.freezeEnd();
  await host.clock.advance(5_000);
  expect(await source.latest(undefined, 0, false)).toBe("1");
  expect(values(await textOf(source.read(undefined, "1")))).toEqual([0, 2, 4, 1, 3]);
});

test("rows by the batch are the same in every run", async () => {
  const source = await open(new SimHost(), { rowsPerBatch: 2, startTimestamp: 1_000_000, advancePerBatch: 500_000 });
  const first = await source.latest(undefined, 0, false);
  const second = await source.latest(first, 1, false);
  expect(await textOf(source.read(first, second ?? ""))).toBe('{"timestamp":"1970-01-01T00:00:01.500Z","value":2}\n{"timestamp":"1970-01-01T00:00:01.500Z","value":3}\n');
  await source.freezeEnd();
  const third = await source.latest(second, 2, false);
  expect(third).not.toBe(second);
  expect(await source.latest(third, 3, false)).toBe(third);
});

test("settings and foreign offsets are refused", async () => {
  for (const options of [{ rowsPerSecond: 0 }, { numPartitions: 0 }, { rampUpTime: -1 }, { rowsPerBatch: 0 }]) expect(await codeOf(() => rateSource(options))).toBe("R7201");
  const source = await open(new SimHost(), {});
  expect(await codeOf(() => source.latest('{"logOffset":1}', 0, false))).toBe("R7209");
});

test("a job reads it with its own columns, and a crash changes nothing", async () => {
  const job = loadJob(compileText("source ticks from rate(rowsPerSecond: 2)\nsink sums = ticks |> aggregate count() as n, sum(value) as total, max(timestamp) as newest into memory() mode complete", { optimize: true }));
  const rows = async (crash: string | undefined): Promise<unknown> => {
    const harness = new Harness(job, { query: "sums" });
    harness.start("declared");
    await harness.settle();
    if (crash !== undefined) harness.crashAt(crash);
    await harness.advance(3_000);
    if (harness.failure !== undefined) await harness.restart();
    await harness.settle();
    return (await harness.sql("select n, total from sums")).rows;
  };
  const straight = await rows(undefined);
  expect(JSON.stringify(straight, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value))).toContain("6");
  for (const crash of ["offsets.durable", "state-delta.durable", "commits.opened"]) expect(await rows(crash), crash).toEqual(straight);
});

test("followed, each row comes at its time, and positions are whole seconds", async () => {
  const host = new SimHost({ start: 5_000 });
  const source = await open(host, { rowsPerSecond: 4 });
  const stopping = new AbortController();
  const seen: string[] = [];
  const done = (async () => {
    for await (const { chunk, to } of source.follow?.(undefined, stopping.signal) ?? []) {
      const text = Buffer.from(chunk.bytes.subarray(chunk.start, chunk.end)).toString("utf8");
      seen.push(...values(text).map((value) => `${host.clock.now() - 5_000} ms: ${value} to ${to}`));
    }
  })();
  for (let step = 0; step < 10; step++) await host.clock.advance(125);
  expect(seen).toEqual(["0 ms: 0 to 0", "250 ms: 1 to 0", "500 ms: 2 to 0", "750 ms: 3 to 1", "1000 ms: 4 to 1", "1250 ms: 5 to 1"]);
  stopping.abort();
  await done;
});
