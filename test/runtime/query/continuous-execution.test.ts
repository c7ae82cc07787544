import { expect, it } from "vitest";
import type { Sink, SinkConnector, SinkContext } from "../../../runtime/connectors/sink.ts";
import { memorySink } from "../../../runtime/connectors/memory.ts";
import { socketSource } from "../../../runtime/connectors/socket.ts";
import { asap, continuous } from "../../../runtime/index.ts";
import type { JobDefinition, TriggerDefinition } from "../../../runtime/query/definition.ts";
import { startHarness, type Harness } from "../../../runtime/testing/harness.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { handMadeJob, rowsOf, type HandMadeRow } from "./hand-made-job.ts";

const second = 1_000_000;

/** Rows that were sent to an outside that survives the process, in the order of their arrival. */
class Outside {
  readonly rows: string[] = [];
  readonly calls: string[] = [];
  /** The flush waits for it. */
  gate: Promise<void> = Promise.resolve();

  readonly connector: SinkConnector = {
    name: "outside",
    open: async <Row>(context: SinkContext<Row>): Promise<Sink<Row>> => {
      let waiting: HandMadeRow[] = [];
      const send = async (): Promise<void> => {
        const sent = waiting;
        waiting = [];
        await this.gate;
        context.host.fault("outside.sending");
        this.rows.push(...sent.map(({ k = "" }) => k));
      };
      return {
        description: "Outside",
        begin: ({ id }) => {
          this.calls.push(`begin ${id}`);
          return true;
        },
        write: (_kind, row) => void waiting.push(row as HandMadeRow),
        flush: () => {
          this.calls.push("flush");
          return send();
        },
        prepare: async () => {
          await send();
          return [];
        },
        commit: ({ id }) => {
          this.calls.push(`commit ${id}`);
          return Promise.resolve();
        },
        abort: () => Promise.resolve(),
        close: () => Promise.resolve(),
      };
    },
  };
}

interface Parts {
  readonly sink?: SinkConnector;
  readonly trigger?: TriggerDefinition;
  readonly inputs?: Readonly<Record<string, number>>;
}

/** Rows of JSON lines from sockets, those without a `k` left out. */
function socketJob({ sink = memorySink("out"), trigger = continuous(second), inputs = { s: 9999 } }: Parts): JobDefinition {
  const job = handMadeJob(Object.keys(inputs), {
    sink,
    trigger,
    build: (context) => {
      const take = (batch: Parameters<typeof rowsOf>[0]): void => {
        for (const [row, at] of rowsOf(batch)) {
          if (row.n === 13) throw context.rowFailure(new Error("an unlucky row"), batch, at);
          if (row.k !== undefined) context.output.insert(row);
        }
      };
      return { reads: Object.fromEntries(Object.keys(inputs).map((input) => [input, take])) };
    },
  });
  const [query] = job.queries;
  if (query === undefined) throw new TypeError("no query");
  const reads = Object.fromEntries(Object.entries(query.reads).map(([name, read]) => [name, { ...read, connector: () => socketSource({ host: "localhost", port: inputs[name] ?? 0 }) }]));
  return { ...job, queries: [{ ...query, reads }] };
}

/** Lets what was sent be received and processed, without time passing. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const row = (k: string): string => `{"k":"${k}"}\n`;
const committed = (host: SimHost): readonly string[] => [...(host.fs.list("/checkpoints/out/commits") ?? [])].filter((name) => /^\d+$/.test(name)).sort();

it("sends a row at once, and writes the checkpoint when the interval ends", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const outside = new Outside();
  const harness = startHarness(socketJob({ sink: outside.connector }), { host });
  await settled();
  server.send(row("a"));
  await settled();
  expect(outside.rows).toEqual(["a"]);
  expect(committed(host)).toEqual([]);
  server.send(row("b") + row("c"));
  await settled();
  expect(outside.rows).toEqual(["a", "b", "c"]);
  await harness.advance(1000);
  await settled();
  expect(committed(host)).toEqual(["0"]);
  expect(outside.calls).toEqual(["begin 0", "flush", "flush", "commit 0"]);
  const { lastProgress } = harness.query;
  expect(lastProgress?.numInputRows).toBe(3);
  expect(lastProgress?.sink.numOutputRows).toBe(3);
  expect(lastProgress?.sources[0]?.endOffset).toBe('{"logOffset":0}');
  // Nothing came: no epoch.
  await harness.advance(5000);
  await settled();
  expect(committed(host)).toEqual(["0"]);
  await harness.stop();
});

it("commits what has come when it is stopped, and goes on from there", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const outside = new Outside();
  const harness = startHarness(socketJob({ sink: outside.connector }), { host });
  server.send(row("a"));
  await settled();
  await harness.stop();
  expect(harness.failure).toBeUndefined();
  expect(committed(host)).toEqual(["0"]);
  harness.start();
  await settled();
  server.send(row("b"));
  await settled();
  await harness.settle();
  expect(outside.rows).toEqual(["a", "b"]);
  expect(committed(host)).toEqual(["0", "1"]);
  await harness.stop();
});

it("tells when everything is processed", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const harness = startHarness(socketJob({}), { host });
  await settled();
  server.send(row("a") + row("b"));
  await settled();
  const [epoch] = await harness.settle();
  expect(epoch?.rows.map(({ json }) => json)).toEqual(['{"k":"a"}', '{"k":"b"}']);
  expect((await harness.sql("select k from out")).rows).toEqual([["a"], ["b"]]);
  expect(await harness.settle()).toEqual([]);
  await harness.stop();
});

// Where the crash is, whether the lines were recorded before it, and how many batches there are after the next start.
it.each([
  { point: "outside.sending", isRecorded: false, batches: 2 },
  { point: "batch.rows-read", isRecorded: false, batches: 2 },
  { point: "batch.planned", isRecorded: true, batches: 3 },
  { point: "offsets.synced", isRecorded: true, batches: 3 },
  { point: "sinks.before-prepare", isRecorded: true, batches: 3 },
  { point: "sinks.committed", isRecorded: true, batches: 3 },
  { point: "batch.ended", isRecorded: true, batches: 3 },
])("loses nothing that was recorded in a crash at $point, and may send it again", async ({ point, isRecorded, batches }) => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const outside = new Outside();
  const harness: Harness = startHarness(socketJob({ sink: outside.connector }), { host });
  await settled();
  server.send(row("a"));
  await settled();
  await harness.settle();
  server.send(row("b"));
  await settled();
  harness.crashAt(point);
  server.send(row("c"));
  await settled();
  await harness.advance(1000);
  await settled();
  expect(harness.failure?.name).toBe("SimulatedCrash");
  const before = outside.rows.length;
  await harness.restart();
  await settled();
  server.send(row("d"));
  await settled();
  await harness.settle();
  const again = isRecorded && point !== "batch.ended";
  expect(outside.rows.slice(before)).toEqual(again ? ["b", "c", "d"] : ["d"]);
  // A socket cannot send again: of what was not recorded, that is lost which was not sent.
  expect(outside.rows.includes("c")).toBe(point !== "outside.sending");
  expect(committed(harness.host)).toHaveLength(batches);
  await harness.stop();
});

it("goes on as micro-batches and back, with one checkpoint", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const outside = new Outside();
  const triggers = [continuous(second), asap, continuous(second)];
  for (const [at, trigger] of triggers.entries()) {
    const harness = startHarness(socketJob({ sink: outside.connector, trigger }), { host });
    await settled();
    server.send(row(`${at}`));
    await settled();
    await harness.settle();
    await harness.stop();
    expect(harness.failure).toBeUndefined();
  }
  expect(outside.rows).toEqual(["0", "1", "2"]);
  expect(committed(host)).toEqual(["0", "1", "2"]);
});

it("takes the rows of several sources, each as they come", async () => {
  const host = new SimHost();
  const one = host.net.listen("localhost", 1111);
  const two = host.net.listen("localhost", 2222);
  const outside = new Outside();
  const harness = startHarness(socketJob({ sink: outside.connector, inputs: { one: 1111, two: 2222 } }), { host });
  await settled();
  two.send(row("x"));
  await settled();
  one.send(row("y"));
  await settled();
  expect(outside.rows).toEqual(["x", "y"]);
  await harness.settle();
  expect(harness.query.lastProgress?.sources.map(({ numInputRows }) => numInputRows)).toEqual([1, 1]);
  await harness.stop();
});

it("ends the epoch between two chunks: a chunk that waits for the sink belongs to the epoch before", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const outside = new Outside();
  const harness = startHarness(socketJob({ sink: outside.connector }), { host });
  await settled();
  let open = (): void => {};
  outside.gate = new Promise((resolve) => {
    open = resolve;
  });
  server.send(row("a"));
  await settled();
  server.send(row("b"));
  await harness.advance(1500);
  await settled();
  expect(committed(host)).toEqual([]);
  open();
  await settled();
  expect(outside.calls).toEqual(["begin 0", "flush", "commit 0", "begin 1", "flush"]);
  await harness.stop();
  expect(committed(host)).toEqual(["0", "1"]);
  expect(outside.rows).toEqual(["a", "b"]);
});

it("fails with the place of a row, and does not commit its epoch", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const harness = startHarness(socketJob({}), { host });
  await settled();
  server.send(row("a") + '{"k":"b","n":13}\n');
  await settled();
  await harness.finish();
  expect(harness.failure?.message).toContain("an unlucky row");
  expect(harness.failure?.message).toContain("socket localhost:9999");
  expect(committed(host)).toEqual([]);
});

it("is interrupted in the middle of an epoch", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const outside = new Outside();
  outside.gate = new Promise(() => {});
  const harness = startHarness(socketJob({ sink: outside.connector }), { host });
  await settled();
  server.send(row("a"));
  await settled();
  await harness.query.interrupt();
  expect(harness.failure).toMatchObject({ code: "R7605" });
  expect(committed(host)).toEqual([]);
});

it("refuses a source that gives its records in batches", async () => {
  const job = handMadeJob(["s"], { trigger: continuous(second), build: ({ output }) => ({ reads: { s: (batch) => rowsOf(batch).forEach(([each]) => output.insert(each)) } }) });
  const harness = startHarness(job);
  await harness.finish();
  expect(harness.failure).toMatchObject({ code: "R7790" });
});

it("takes what is there with a run mode that goes before the trigger", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  server.send(row("a"));
  server.end();
  const outside = new Outside();
  const harness = startHarness(socketJob({ sink: outside.connector }), { host, mode: "available now" });
  await harness.finish();
  expect(outside.rows).toEqual(["a"]);
  expect(outside.calls).toEqual(["begin 0", "commit 0"]);
});
