import { expect, test } from "vitest";
import { encodeRows, queueSource, QueueRegistry } from "../../../runtime/connectors/queue.ts";
import type { SourceLog, StreamSource } from "../../../runtime/connectors/source.ts";
import { VolatileLog } from "../../../runtime/connectors/volatile-log.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

async function open(queues: QueueRegistry, log?: SourceLog, host = new SimHost()): Promise<{ source: StreamSource; warnings: string[] }> {
  const context = sourceContext(host, { queues, ...(log === undefined ? {} : { log }) });
  const source = await queueSource("q").openStream?.(context);
  if (source === undefined) throw new TypeError("no stream");
  return { source, warnings: context.warnings };
}

test("each add is a batch, and adds that wait together are one", async () => {
  const queues = new QueueRegistry();
  const queue = queues.handle("q");
  queue.add([{ a: 1 }]);
  const { source } = await open(queues);
  const first = await source.latest(undefined, 0, false);
  expect(await textOf(source.read(undefined, first ?? ""))).toBe('{"a":1}\n');
  queue.add(['{"a":2}']);
  queue.add([{ a: 3 }, { a: 4n }]);
  const second = await source.latest(first, 1, false);
  expect(await textOf(source.read(first, second ?? ""))).toBe('{"a":2}\n{"a":3}\n{"a":4}\n');
  expect(await source.latest(second, 2, false)).toBe(second);
});

test("one at a time, each add is a batch of its own", async () => {
  const queues = new QueueRegistry();
  const context = sourceContext(new SimHost(), { queues });
  const source = await queueSource("q", { oneAtATime: true }).openStream?.(context);
  for (const value of ["1", "2", "3"]) queues.handle("q").add([value, value]);
  await source?.freezeEnd();
  queues.handle("q").add(["4"]);
  const read: string[] = [];
  let from: string | undefined;
  for (let batch = 0; ; batch++) {
    const to = await source?.latest(from, batch, true);
    if (source === undefined || to === undefined || to === from) break;
    read.push(await textOf(source.read(from, to)));
    from = to;
  }
  expect(read).toEqual(["1\n1\n", "2\n2\n", "3\n3\n"]);
});

test("a frozen end leaves out later rows; a frozen queue that was read through has no more", async () => {
  const queues = new QueueRegistry();
  queues.handle("q").add(["1"]);
  const { source } = await open(queues);
  await source.freezeEnd();
  queues.handle("q").add(["2"]);
  const first = await source.latest(undefined, 0, false);
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("1\n");
  expect(await source.latest(first, 1, false)).toBe(first);
});

test("every reader gets every row", async () => {
  const queues = new QueueRegistry();
  queues.handle("q").add(["1"]);
  const one = await open(queues);
  const first = await one.source.latest(undefined, 0, false);
  one.source.commit(first ?? "", 0);
  const two = await open(queues);
  expect(await textOf(two.source.read(undefined, (await two.source.latest(undefined, 0, false)) ?? ""))).toBe("1\n");
});

test("a restart in the same process goes on where it was; another process is warned", async () => {
  const log = new VolatileLog();
  const queues = new QueueRegistry();
  queues.handle("q").add(["1"]);
  const before = await open(queues, log);
  const first = await before.source.latest(undefined, 0, false);
  queues.handle("q").add(["2"]);
  await before.source.latest(first, 1, false);
  queues.handle("q").add(["3"]);
  const again = await open(queues, log);
  const second = await again.source.latest(first, 1, false);
  expect(await textOf(again.source.read(first, second ?? ""))).toBe("2\n");
  const third = await again.source.latest(second, 2, false);
  expect(await textOf(again.source.read(second, third ?? ""))).toBe("3\n");
  expect(again.warnings).toEqual([]);
  const others = new QueueRegistry();
  others.handle("q").add(["4"]);
  const other = await open(others, log, new SimHost({ seed: 7 }));
  const fourth = await other.source.latest(third, 3, false);
  expect(await textOf(other.source.read(third, fourth ?? ""))).toBe("4\n");
  expect(other.warnings).toHaveLength(1);
});

test("a trimmed queue lets go of what all readers have committed", async () => {
  const queues = new QueueRegistry({ trim: true });
  const { source } = await open(queues);
  queues.handle("q").add(["1"]);
  const first = await source.latest(undefined, 0, false);
  source.commit(first ?? "", 0);
  expect(queues.queue("q").slice(0, 1)).toHaveLength(0);
  queues.handle("q").add(["2"]);
  expect(await textOf(source.read(first, (await source.latest(first, 1, false)) ?? ""))).toBe("2\n");
});

test("as a table a queue is what is there; a source that is read whole must be closed", async () => {
  const queues = new QueueRegistry();
  const host = new SimHost();
  queues.handle("q").add(["1"]);
  const table = await queueSource("q").openTable?.(sourceContext(host, { queues, declaredAs: "table" }));
  const before = table?.fingerprint();
  expect(table === undefined ? "" : await textOf(table.read())).toBe("1\n");
  queues.handle("q").add(["2"]);
  expect(table?.fingerprint()).not.toBe(before);
  expect(await codeOf(() => queueSource("q").openTable?.(sourceContext(host, { queues, declaredAs: "source" })))).toBe("R7221");
  queues.handle("q").close();
  expect(await codeOf(() => queueSource("q").openTable?.(sourceContext(host, { queues, declaredAs: "source" })))).toBeUndefined();
  expect(await codeOf(() => queueSource("q").openTable?.(sourceContext(host)))).toBe("R7220");
  expect(() => queues.handle("q").add(["3"])).toThrow("closed");
});

test("rows are encoded for the declared columns with all digits, whatever the names", () => {
  expect(encodeRows(["a", "__proto__"], [[1n << 60n, "x"], { b: Number.NaN, "__proto__x": -0 }, 5, [new Date(0), Uint8Array.of(1, 2)], [undefined, [null, true]]])).toEqual([
    '{"a":1152921504606846976,"__proto__":"x"}',
    '{"b":"NaN","__proto__x":-0.0}',
    '{"a":5}',
    '{"a":"1970-01-01T00:00:00.000Z","__proto__":"AQI="}',
    '{"__proto__":[null,true]}',
  ]);
});
