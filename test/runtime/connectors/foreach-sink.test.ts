import { expect, test } from "vitest";
import { foreachSink } from "../../../runtime/connectors/foreach.ts";
import { faultPoints } from "../../../runtime/host/fault-points.ts";
import { startHarness, type Harness } from "../../../runtime/testing/harness.ts";
import { SluiceRuntimeError } from "../../../runtime/errors/runtime-error.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { userChecked, userJob } from "../../support/user-job.ts";
import { batchOf, sinkContext, type TestRow } from "./sink-support.ts";

/** A writer that tells the global `events` of its calls, and asks the global `plan` what to do. */
const recorder = `
interface Row { readonly id: number }
export const writer = {
  open(partition: number, version: number) { events.push(["open", partition, version]); return plan.open(version); },
  process(row: Row) { plan.process(row.id); events.push(["process", row.id]); },
  close(error?: Error) { events.push(["close", error?.message ?? null]); plan.close(); },
};
declare const events: unknown[];
declare const plan: { open(version: number): boolean; process(id: number): void; close(): void };
`;

interface Plan {
  open(version: number): boolean;
  process(id: number): void;
  close(): void;
}

type Event = readonly unknown[];

const usual: Plan = { open: () => true, process: () => undefined, close: () => undefined };

const rowsJob = 'import { writer } from "./writer.ts"\nschema R { id: int }\nsource rows: R from queue()\nsink out = rows into foreach(writer)';

function recorded(text: string, plan: Partial<Plan> = {}, module = recorder): { harness: Harness; events: Event[] } {
  const events: Event[] = [];
  const { job } = userJob(text, { "./writer.ts": module }, { events, plan: { ...usual, ...plan } });
  return { harness: startHarness(job), events };
}

test("each batch opens its partition, hands over its rows and closes it", async () => {
  const { harness, events } = recorded(rowsJob);
  await harness.step({ rows: [{ id: 1 }, { id: 2 }] });
  await harness.step({ rows: [{ id: 3 }] });
  expect(events).toEqual([["open", 0, 0], ["process", 1], ["process", 2], ["close", null], ["open", 0, 1], ["process", 3], ["close", null]]);
});

test("batches without data open and close too, and rows come when the watermark lets them", async () => {
  const text =
    'import { writer } from "./writer.ts"\nschema R { id: int, at: timestamp }\nsource rows: R from queue()\noption statePartitions = 1\n' +
    "sink out = rows |> watermark at delay 10 seconds late drop |> aggregate count() as n group by tumbling(at, 5 seconds) |> select cast(n as int) as id into foreach(writer)";
  const { harness, events } = recorded(text);
  await harness.step({ rows: [{ id: 1, at: "2024-01-01T00:00:01Z" }, { id: 2, at: "2024-01-01T00:00:02Z" }, { id: 3, at: "2024-01-01T00:00:03Z" }] });
  await harness.step({ rows: [{ id: 4, at: "2024-01-01T00:00:25Z" }] });
  const versions = events.filter(([kind]) => kind === "open").map(([, partition, version]) => [partition, version]);
  expect(versions).toEqual([[0, 0], [0, 1], [0, 2], [0, 3]]);
  expect(events).toEqual([...[0, 1, 2].flatMap((version) => [["open", 0, version], ["close", null]]), ["open", 0, 3], ["process", 3], ["close", null]]);
});

test("an error in process closes with it once, and fails the batch with the user's error as its cause", async () => {
  const cause = new Error("the store is away");
  const { harness, events } = recorded(rowsJob, {
    process: (id) => {
      if (id === 2) throw cause;
    },
  });
  await harness.step({ rows: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  expect(events).toEqual([["open", 0, 0], ["process", 1], ["close", "the store is away"]]);
  const { failure } = harness;
  expect(failure).toBeInstanceOf(SluiceRuntimeError);
  expect(failure).toMatchObject({ code: "R7650", cause });
  expect(failure?.message).toContain("query out, batch 0, partition 0");
});

test("open that says false passes the rows over; close is called still, and the batch commits", async () => {
  const { harness, events } = recorded(rowsJob, { open: (version) => version !== 0 });
  await harness.step({ rows: [{ id: 1 }] });
  await harness.step({ rows: [{ id: 2 }] });
  expect(events).toEqual([["open", 0, 0], ["close", null], ["open", 0, 1], ["process", 2], ["close", null]]);
  expect(harness.failure).toBeUndefined();
});

test("an error in open fails the batch, and there is nothing to close; one in close fails it too", async () => {
  const opening = recorded(rowsJob, {
    open: () => {
      throw new Error("no");
    },
  });
  await opening.harness.step({ rows: [{ id: 1 }] });
  expect(opening.events).toEqual([["open", 0, 0]]);
  expect(opening.harness.failure?.message).toContain("failed in `open`: no");
  const closing = recorded(rowsJob, {
    close: () => {
      throw new Error("not yet");
    },
  });
  await closing.harness.step({ rows: [{ id: 1 }] });
  expect(closing.events.at(-1)).toEqual(["close", null]);
  expect(closing.harness.failure?.message).toContain("failed in `close`: not yet");
});

test("a batch whose writer failed is run again with the same partition, version and rows", async () => {
  let fails = true;
  const { harness, events } = recorded(rowsJob, {
    process: (id) => {
      if (id === 2 && fails) throw new Error("once");
    },
  });
  await harness.step({ rows: [{ id: 1 }, { id: 2 }] });
  fails = false;
  harness.add("rows", [{ id: 3 }]);
  await harness.restart();
  expect(events.slice(3)).toEqual([["open", 0, 0], ["process", 1], ["process", 2], ["close", null], ["open", 0, 1], ["process", 3], ["close", null]]);
});

const counts =
  'import { writer } from "./writer.ts"\noption statePartitions = 3\nschema R { word: string }\nsource rows: R from queue()\n' +
  "sink out = rows |> aggregate count() as n group by word into foreach(writer)\n  mode update";

const asynchronous = `
interface Row { readonly word: string; readonly n: bigint }
export class Writer {
  async open(partition: number, version: number): Promise<boolean> { await later(); events.push(["open", partition, version]); return true; }
  async process(row: Row, kind: string): Promise<void> { await later(); events.push(["process", kind, row.word, row.n]); }
  async close(): Promise<void> { await later(); events.push(["close"]); }
}
export async function writer() { await later(); return new Writer(); }
declare const events: unknown[];
declare function later(): Promise<void>;
`;

const spreading = { events: [] as Event[] };

const compiled = userJob(counts, { "./writer.ts": asynchronous }, {
  events: { push: (event: Event) => void spreading.events.push(event) },
  later: () => new Promise<void>((resolve) => setImmediate(resolve)),
});

/** A run of its own: what comes from here on goes into these events. */
function spread(): { harness: Harness; events: Event[] } {
  const events: Event[] = [];
  spreading.events = events;
  return { harness: startHarness(compiled.job), events };
}

/** The rows of each partition and version, in order; a pair that came twice must have had the same rows. */
function written(events: readonly Event[]): ReadonlyMap<string, string> {
  const runs = new Map<string, string>();
  let pair = "";
  let rows: string[] = [];
  for (const [kind, ...values] of events) {
    if (kind === "open") [pair, rows] = [values.join("/"), []];
    if (kind === "process") rows.push(values.join(" "));
    if (kind !== "close") continue;
    expect(runs.get(pair) ?? rows.join(", ")).toBe(rows.join(", "));
    runs.set(pair, rows.join(", "));
  }
  return runs;
}

test("a result with a key is taken apart by it: the partitions are those of the state, and a key stays where it is", async () => {
  const { harness, events } = spread();
  const words = ["a", "b", "c", "d", "e", "f", "g", "h"];
  await harness.step({ rows: words.map((word) => ({ word })) });
  await harness.step({ rows: words.map((word) => ({ word })) });
  expect(harness.failure).toBeUndefined();
  const runs = written(events);
  expect([...runs.keys()]).toEqual(["0/0", "1/0", "2/0", "0/1", "1/1", "2/1"]);
  for (const partition of [0, 1, 2]) {
    const [first = "", second = ""] = [runs.get(`${partition}/0`), runs.get(`${partition}/1`)];
    expect(first).not.toBe("");
    expect(second).toBe(first.replaceAll("+I", "+U").replaceAll(" 1", " 2"));
  }
});

test("after a crash anywhere the same rows come under the same partition and version", async () => {
  const batches = [["a", "b", "c"], ["b", "c", "d"], ["a", "d"]].map((words) => words.map((word) => ({ word })));
  const straight = spread();
  for (const rows of batches) await straight.harness.step({ rows });
  const expected = written(straight.events);
  const reached = new Set(straight.harness.host.reached);
  const points = faultPoints.filter((point) => reached.has(point));
  expect(points).toContain("sink-writer.opened");
  expect(points).toContain("sink-writer.processed");
  expect(points).toContain("sink-writer.closing");
  for (const point of points) {
    for (const occurrence of [1, 2]) {
      const { harness, events } = spread();
      await harness.stop();
      harness.crashAt(point, occurrence);
      harness.start();
      for (const rows of batches) {
        await harness.step({ rows });
        while (harness.failure !== undefined) await harness.restart();
      }
      const found = written(events);
      for (const [pair, rows] of expected) expect([point, occurrence, pair, found.get(pair)]).toEqual([point, occurrence, pair, rows]);
    }
  }
});

test("a writer may be declared with the runtime's types; it asks for kinds where it is a `ChangeWriter`", () => {
  const typed = (type: string): string =>
    `import type { ${type} } from "sluice/runtime";\ninterface Row { readonly id: number }\nexport const writer: ${type}<Row> = { async process(row) { await Promise.resolve(row.id); } };`;
  const kinds = (type: string): boolean | undefined => userChecked(rowsJob, { "./writer.ts": typed(type) }).job?.queries[0]?.sink.writer?.kinds;
  expect(kinds("ForeachWriter")).toBe(false);
  expect(kinds("ChangeWriter")).toBe(true);
});

test("without a checkpoint a writer with `open` is told that versions begin at 0 in each run", async () => {
  const known = { events: [], plan: usual };
  const warnings = async (module: string, checkpoint: string | null): Promise<readonly string[]> => {
    const harness = startHarness(userJob(rowsJob, { "./writer.ts": module }, known).job, { checkpoint });
    await harness.settle();
    await harness.stop();
    return harness.warnings;
  };
  expect(await warnings(recorder, null)).toEqual(["out keeps no checkpoint: the versions that its writer is given begin at 0 in each run, and do not tell the batches of two runs apart"]);
  expect(await warnings(recorder, "/checkpoints")).toEqual([]);
  expect(await warnings("export const writer = { process(row: { readonly id: number }): void { void row; } };", null)).toEqual([]);
});

test("the plan says where versions are unique", () => {
  const plan = (clause: string): string | undefined => userChecked(`${rowsJob}${clause}`, { "./writer.ts": recorder }).queries[0]?.physical.text[0];
  expect(plan("")).toBe("Sink out [append] into foreach (at least once; versions are unique only with a checkpoint)");
  expect(plan('\n  checkpoint "cp"')).toBe("Sink out [append] into foreach (at least once)");
});

test("an interruption ends the wait for a writer, which is closed with the reason; the batch is run again", async () => {
  const module = `
export const writer = {
  async open(partition: number, version: number): Promise<void> { events.push(["open", partition, version]); await hang("open"); },
  async process(row: { readonly id: number }): Promise<void> { events.push(["process", row.id]); await hang("process"); },
  async close(error?: Error): Promise<void> { events.push(["close", error === undefined ? null : (error as Error & { code?: string }).code]); await hang("close"); },
};
declare const events: unknown[];
declare function hang(method: string): Promise<void>;
`;
  for (const method of ["open", "process", "close"]) {
    const events: Event[] = [];
    let hangs: string | undefined = method;
    const hang = (called: string): Promise<void> => (called === hangs ? new Promise(() => {}) : Promise.resolve());
    const harness = startHarness(userJob(rowsJob, { "./writer.ts": module }, { events, hang }).job);
    harness.add("rows", [{ id: 1 }, { id: 2 }]);
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
    const stopping = harness.stop();
    await harness.query.interrupt();
    await stopping;
    expect(harness.failure).toMatchObject({ code: "R7605" });
    expect(events.at(-1)).toEqual(method === "open" ? ["open", 0, 0] : ["close", method === "process" ? "R7605" : null]);
    hangs = undefined;
    events.length = 0;
    await harness.restart();
    expect(events).toEqual([["open", 0, 0], ["process", 1], ["process", 2], ["close", null]]);
    await harness.stop();
  }
});

test("under the continuous trigger a writer is opened with the first rows of an epoch, takes rows as they come, and is closed with the epoch", async () => {
  const calls: string[] = [];
  const writer = {
    open: (partition: number, batch: number) => void calls.push(`open ${partition} ${batch}`),
    process: ({ id }: TestRow) => {
      if (id === 13) throw new Error("unlucky");
      calls.push(`row ${id}`);
    },
    close: (error?: Error) => void calls.push(`close ${error?.message ?? ""}`.trim()),
  };
  const sink = await foreachSink(writer, (row: TestRow) => row).open<TestRow>(sinkContext(new SimHost()));
  sink.begin(batchOf(4));
  await sink.flush?.();
  expect(calls).toEqual([]);
  sink.write("+I", { id: 1, name: "a" });
  await sink.flush?.();
  sink.write("+I", { id: 2, name: "b" });
  await sink.flush?.();
  await sink.prepare(batchOf(4));
  await sink.commit(batchOf(4));
  expect(calls).toEqual(["open 0 4", "row 1", "row 2", "close"]);
  calls.length = 0;
  sink.begin(batchOf(5));
  sink.write("+I", { id: 13, name: "c" });
  await expect(sink.flush?.()).rejects.toThrow("unlucky");
  expect(calls).toEqual(["open 0 5", "close unlucky"]);
  calls.length = 0;
  sink.begin(batchOf(6));
  sink.write("+I", { id: 1, name: "a" });
  await sink.flush?.();
  await sink.close();
  expect(calls).toEqual(["open 0 6", "row 1", "close the query ended in the middle of the epoch"]);
});
