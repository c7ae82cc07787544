import { expect, test } from "vitest";
import type { RecordedBatch } from "../../../runtime/testing/batch-recorder.ts";
import { startHarness, type Harness } from "../../../runtime/testing/harness.ts";
import { PushStream } from "../../../runtime/connectors/custom/push-stream.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import type { PushReceiver } from "../../../runtime/user/receiver.ts";
import { userChecked, userJob, type UserJob } from "../../support/user-job.ts";
import { codeOf, sourceContext } from "./support.ts";

const text = 'import { feed } from "./feed.ts"\nschema R { id: int }\nsource rows: R from custom(feed, format: "json", malformed: "drop")\nsink out = rows into memory()';

const replayable = `
export const feed = {
  latest(): number | undefined { return store.records.length === 0 ? undefined : store.records.length; },
  *read(from: number | undefined, to: number): Iterable<string> { store.reads.push([from, to]); yield* store.records.slice(from ?? 0, to); },
  commit(to: number): void { store.committed.push(to); },
  close(): void { store.closed++; },
};
declare const store: { records: string[]; reads: unknown[]; committed: number[]; closed: number };
`;

interface Store {
  records: string[];
  reads: unknown[];
  committed: number[];
  closed: number;
}

const store: Store = { records: [], reads: [], committed: [], closed: 0 };
const compiled: UserJob = userJob(text, { "./feed.ts": replayable }, { store });

function fresh(records: string[]): void {
  Object.assign(store, { records, reads: [], committed: [], closed: 0 });
}

function idsOf({ rows }: RecordedBatch): readonly unknown[] {
  return rows.map(({ row }) => (typeof row === "object" && row !== null && "id" in row ? row.id : undefined));
}

async function ids(harness: Harness): Promise<readonly unknown[]> {
  return (await harness.settle()).flatMap(idsOf);
}

test("a receiver with offsets is asked for what is new, and told what it may forget", async () => {
  fresh(['{"id":1}', '{"id":2}']);
  const harness = startHarness(compiled.job);
  expect(await ids(harness)).toEqual([1, 2]);
  store.records.push('{\n  "id": 3\n}\n', "nothing", '{"id":4}');
  await harness.advance(1000);
  expect(await ids(harness)).toEqual([3, 4]);
  expect(store.reads).toEqual([[undefined, 2], [2, 5]]);
  expect(store.committed).toEqual([2, 5]);
  await harness.stop();
  expect(store.closed).toBe(1);
});

test("a batch that was cut off reads the same range again, and a restart goes on behind it", async () => {
  fresh(['{"id":1}']);
  const harness = startHarness(compiled.job);
  await harness.settle();
  harness.crashAt("batch.rows-read");
  store.records.push('{"id":2}');
  await harness.advance(1000);
  await harness.settle();
  store.records.push('{"id":3}');
  const batches = await harness.restart();
  expect(batches.map((batch) => [batch.id, idsOf(batch)])).toEqual([[1, [2]], [2, [3]]]);
  expect(store.reads).toEqual([[undefined, 1], [1, 2], [1, 2], [2, 3]]);
});

test("an error of the receiver ends the query with it as the cause", async () => {
  fresh([]);
  const cause = new Error("gone");
  const { job } = userJob(text, { "./feed.ts": 'export const feed = { async latest(): Promise<number> { throw cause; }, async *read(from: number | undefined, to: number): AsyncGenerator<string> { yield ""; } };\ndeclare const cause: Error;' }, { cause });
  const harness = startHarness(job);
  await harness.settle();
  expect(harness.failure).toMatchObject({ code: "R7654", cause });
});

const pushing = `
export function feed() {
  return {
    receive(push: (record: string | Uint8Array) => void | Promise<void>, signal: AbortSignal): Promise<void> {
      taps.push = push;
      signal.addEventListener("abort", () => { taps.stopped = true; if (taps.last !== undefined) push(taps.last); });
      return new Promise((resolve, reject) => { taps.end = resolve; taps.fail = reject; });
    },
  };
}
declare const taps: { push?: (record: string | Uint8Array) => void | Promise<void>; end?: () => void; fail?: (error: unknown) => void; stopped?: boolean; last?: string };
declare interface AbortSignal { addEventListener(name: string, listener: () => void): void }
`;

interface Taps {
  push?: (record: unknown) => void;
  end?: () => void;
  fail?: (error: unknown) => void;
  stopped?: boolean;
  /** A record that it hands over when it hears of the end. */
  last?: string | undefined;
}

const taps: Taps = {};
const pushed = userJob(text, { "./feed.ts": pushing }, { taps });

test("records of a receiver without offsets are recorded with their batch, and what no batch holds is lost in a crash", async () => {
  const harness = startHarness(pushed.job);
  await harness.settle();
  taps.push?.('{"id":1}');
  taps.push?.(new TextEncoder().encode('{"id":2}'));
  expect(await ids(harness)).toEqual([1, 2]);
  harness.crashAt("batch.rows-read");
  taps.push?.('{"id":3}');
  await harness.settle();
  taps.push?.('{"id":4}');
  expect(await harness.restart()).toMatchObject([{ id: 1, rows: [{ row: { id: 3 } }] }]);
  taps.push?.('{"id":5}');
  expect(await ids(harness)).toEqual([5]);
  expect(harness.warnings.join()).toContain("the receiver of rows cannot repeat what it gave");
  await harness.stop();
  expect(taps.stopped).toBe(true);
});

test("a receiver that fails ends the query after what it gave; one that ends leaves it running", async () => {
  const failing = startHarness(pushed.job, { checkpoint: null });
  await failing.settle();
  const cause = new Error("line cut");
  taps.push?.('{"id":1}');
  taps.fail?.(cause);
  expect(await ids(failing)).toEqual([1]);
  expect(failing.failure).toMatchObject({ code: "R7654", cause });
  const ending = startHarness(pushed.job, { checkpoint: null });
  await ending.settle();
  taps.push?.('{"id":2}');
  taps.end?.();
  expect(await ids(ending)).toEqual([2]);
  await ending.settle();
  expect(ending.isActive).toBe(true);
  expect(ending.warnings).toEqual(["the receiver of rows has ended: no more data will come"]);
  await ending.stop();
});

test("a record that is neither text nor bytes ends the query", async () => {
  const harness = startHarness(pushed.job, { checkpoint: null });
  await harness.settle();
  taps.push?.({ id: 1 });
  await harness.settle();
  expect(harness.failure).toMatchObject({ code: "R7656" });
});

test("the plan says what becomes of records in a crash", () => {
  const plan = (source: string): string => userChecked(text, { "./feed.ts": source }).queries[0]?.physical.text.join("\n") ?? "";
  expect(plan(replayable)).toContain("Source rows: custom (replayed from its offsets), json");
  expect(plan(pushing)).toContain("Source rows: custom (at most once: records that no batch holds yet are lost in a crash), json");
});

test("what waits at an orderly stop, and what the receiver gives when it hears of it, is the next start's first batch", async () => {
  const every = userJob(`${text}\n  trigger every 10 seconds`, { "./feed.ts": pushing }, { taps });
  const harness = startHarness(every.job);
  await harness.settle();
  taps.push?.('{"id":1}');
  expect(await ids(harness)).toEqual([1]);
  taps.last = '{"id":3}';
  taps.push?.('{"id":2}');
  await harness.stop();
  taps.last = undefined;
  expect((await harness.restart()).flatMap(idsOf)).toEqual([2, 3]);
  taps.push?.('{"id":4}');
  expect(await ids(harness)).toEqual([4]);
  await harness.restart();
  expect(await ids(harness)).toEqual([]);
  expect(harness.failure).toBeUndefined();
  await harness.stop();
});

test("records kept at a stop stay whole where the next start's batch is cut off", async () => {
  const every = userJob(`${text}\n  trigger every 10 seconds`, { "./feed.ts": pushing }, { taps });
  for (const point of ["batch.planned", "batch.rows-read", "sinks.committed"]) {
    const harness = startHarness(every.job);
    await harness.settle();
    taps.push?.('{"id":1}');
    await harness.settle();
    taps.push?.('{"id":2}');
    await harness.stop();
    harness.crashAt(point);
    await harness.restart();
    const [first] = await harness.restart();
    expect([point, first?.id, first === undefined ? [] : idsOf(first)]).toEqual([point, 1, [2]]);
    taps.push?.('{"id":3}');
    expect(await ids(harness)).toEqual([3]);
    await harness.stop();
  }
});

const stream = (receiver: PushReceiver, context = sourceContext(new SimHost())): PushStream => new PushStream(context, "rows", receiver);
const megabyte = new Uint8Array(1 << 20).fill(32);

test("a receiver is asked to wait while there is no room, until a batch or the end", async () => {
  let push: Parameters<PushReceiver["receive"]>[0] = () => undefined;
  const source = stream({ receive: (given) => void (push = given) });
  const fill = (): void | Promise<void> => {
    for (let i = 0; i < 80; i++) {
      const room = push(megabyte);
      if (room !== undefined) return room;
    }
    throw new Error("it was never asked to wait");
  };
  let waits = true;
  void fill()?.then(() => (waits = false));
  await Promise.resolve();
  expect(waits).toBe(true);
  const first = await source.latest(undefined, 0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(waits).toBe(false);
  const room = fill();
  await source.close();
  await room;
  expect(first).toBe('{"logOffset":0}');
});

test("a receiver that does not wait ends the query, after what it gave", async () => {
  let push: Parameters<PushReceiver["receive"]>[0] = () => undefined;
  const source = stream({ receive: (given) => void (push = given) });
  for (let i = 0; i < 300; i++) void push(megabyte);
  const first = await source.latest(undefined, 0);
  expect(await codeOf(() => source.latest(first, 1))).toBe("R7657");
});

const silent = (member: string): string => `export const feed = { ${member === "latest" ? "latest: (): Promise<number> => new Promise(() => {})" : "latest: () => 1"}, async *read(from: unknown, to: unknown): AsyncGenerator<string> { ${member === "read" ? "await new Promise(() => {});" : ""} yield '{"id":1}'; }, ${member === "close" ? "close: (): Promise<void> => new Promise(() => {})" : ""} };`;

test("a receiver that never answers keeps no query from ending: a stop ends the wait for `latest`, an interruption any", async () => {
  for (const member of ["latest", "read", "close"]) {
    const harness = startHarness(userJob(text, { "./feed.ts": silent(member) }).job);
    await turns();
    const stopping = harness.stop();
    await turns();
    expect([member, harness.isActive]).toEqual([member, member !== "latest"]);
    await harness.query.interrupt();
    await stopping;
    expect(harness.isActive).toBe(false);
    if (member === "read") expect(harness.failure).toMatchObject({ code: "R7605" });
    else expect(harness.failure).toBeUndefined();
  }
});

test("a receiver that is never made does not either", async () => {
  const harness = startHarness(userJob(text, { "./feed.ts": "interface Feed { latest(): number; read(from: unknown, to: unknown): string[] }\nexport const feed = (): Promise<Feed> => new Promise(() => {});" }).job);
  await turns();
  await harness.query.interrupt();
  expect(harness.failure).toMatchObject({ code: "R7605" });
});

async function turns(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}
