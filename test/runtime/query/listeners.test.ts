import { expect, it } from "vitest";
import { QueueRegistry } from "../../../runtime/connectors/queue/queue-registry.ts";
import { ListenerBus } from "../../../runtime/query/listener-bus.ts";
import type { QueryEvent, StreamingQueryListener } from "../../../runtime/query/query-listener.ts";
import { start, type StartedJob } from "../../../runtime/query/start.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { compileText, loadJob } from "../../support/load-job.ts";

const job = loadJob(
  compileText(
    `source a: { value: int } from queue()
     sink inverse = a |> select 6 / value as x into memory()`,
    { optimize: true },
  ),
);

interface Running extends StartedJob {
  readonly host: SimHost;
  readonly queues: QueueRegistry;
  readonly warnings: readonly string[];
}

function startWith(...listeners: readonly StreamingQueryListener[]): Running {
  const host = new SimHost();
  const queues = new QueueRegistry();
  const warnings: string[] = [];
  return { ...start(job, { host, queues, listeners, warn: (message) => void warnings.push(message) }), host, queues, warnings };
}

/** Writes down what it hears, in a word each. */
function noting(heard: string[]): StreamingQueryListener {
  return {
    onQueryStarted: ({ name, timestamp }) => void heard.push(`started ${name} ${timestamp}`),
    onQueryProgress: ({ progress }) => void heard.push(`progress ${progress.batchId}`),
    onQueryIdle: ({ timestamp }) => void heard.push(`idle ${timestamp}`),
    onQueryTerminated: ({ exception, errorClassOnException }) => void heard.push(`terminated ${errorClassOnException ?? "well"} ${exception === undefined}`),
  };
}

it("hears of start, progress, idleness and end, in this order", async () => {
  const heard: string[] = [];
  const { manager, host, queues } = startWith(noting(heard));
  const [query] = manager.all;
  // Told before the first batch.
  expect(heard).toEqual(["started inverse 2024-01-01T00:00:00.000Z"]);
  queues.handle("a").add([{ value: 2 }]);
  await query?.processAllAvailable();
  await host.clock.advance(9_999);
  expect(heard.slice(1)).toEqual(["progress 0"]);
  await host.clock.advance(20_001);
  expect(heard.slice(2)).toEqual(["idle 2024-01-01T00:00:10.000Z", "idle 2024-01-01T00:00:20.000Z", "idle 2024-01-01T00:00:30.000Z"]);
  await query?.stop();
  expect(heard.at(-1)).toBe("terminated well true");
});

it("tells of a failure with its code, and before anyone who waits for the query", async () => {
  const heard: string[] = [];
  const { manager, queues } = startWith(noting(heard));
  queues.handle("a").add([{ value: 0 }]);
  await expect(manager.awaitAnyTermination()).rejects.toThrow("divided by zero");
  expect(heard.at(-1)).toBe("terminated R7103 false");
});

it("warns of a listener that fails, at once or later, and goes on", async () => {
  const heard: string[] = [];
  const failing: StreamingQueryListener = {
    onQueryStarted: () => {
      throw new Error("not now");
    },
    onQueryProgress: () => Promise.reject(new Error("not ever")),
  };
  const { manager, queues, warnings } = startWith(failing, noting(heard));
  const [query] = manager.all;
  queues.handle("a").add([{ value: 2 }]);
  await query?.processAllAvailable();
  await query?.stop();
  expect(warnings).toEqual(["a listener failed: not now", "a listener failed: not ever"]);
  expect(heard.map((text) => text.split(" ")[0])).toEqual(["started", "progress", "terminated"]);
});

it("keeps the events of a slow listener in their order and no batch waiting; a removed one hears no more", async () => {
  const heard: string[] = [];
  const slow = deferred();
  const listener: StreamingQueryListener = { onQueryStarted: () => slow.promise, onQueryProgress: ({ progress }) => void heard.push(`progress ${progress.batchId}`) };
  const other: string[] = [];
  const heedless = noting(other);
  const { manager, queues } = startWith(listener, heedless);
  const [query] = manager.all;
  for (const value of [1, 2]) {
    queues.handle("a").add([{ value }]);
    await query?.processAllAvailable();
    manager.removeListener(heedless);
  }
  expect(heard).toEqual([]);
  slow.resolve();
  await query?.stop();
  expect(heard).toEqual(["progress 0", "progress 1"]);
  expect(other).toEqual(["started inverse 2024-01-01T00:00:00.000Z", "progress 0"]);
  expect(manager.listListeners()).toEqual([listener]);
});

it("drops progress, and no end, where too much waits for a listener", async () => {
  const heard: string[] = [];
  const warnings: string[] = [];
  const slow = deferred();
  const bus = new ListenerBus((message) => void warnings.push(message));
  bus.add({ onQueryStarted: () => slow.promise, onQueryIdle: ({ id }) => void heard.push(id), onQueryTerminated: ({ id }) => void heard.push(`end of ${id}`) });
  const idle = (id: number): QueryEvent => ({ kind: "idle", id: String(id), runId: "r", timestamp: "" });
  bus.post({ kind: "started", id: "q", runId: "r", name: "q", timestamp: "" });
  for (let id = 0; id < 10_005; id++) bus.post(idle(id));
  bus.post({ kind: "terminated", id: "q", runId: "r", exception: undefined, errorClassOnException: undefined });
  slow.resolve();
  await slow.promise;
  await Promise.resolve();
  await Promise.resolve();
  expect(heard.slice(-2)).toEqual(["9999", "end of q"]);
  expect(warnings).toHaveLength(1);
});

it("waits for any query, for a while or until another ends", async () => {
  const { manager, host } = startWith();
  const waited = manager.awaitAnyTermination(500);
  await host.clock.advance(500);
  expect(await waited).toBe(false);
  await manager.all[0]?.stop();
  expect(await manager.awaitAnyTermination()).toBe(true);
  manager.resetTerminated();
  const again = manager.awaitAnyTermination(500);
  await host.clock.advance(500);
  expect(await again).toBe(false);
});

it("says what the query is doing", async () => {
  const { manager, queues } = startWith();
  const [query] = manager.all;
  expect(query?.status).toEqual({ message: "Initializing sources", isDataAvailable: false, isTriggerActive: false });
  await query?.processAllAvailable();
  expect(query?.status).toEqual({ message: "Waiting for data to arrive", isDataAvailable: false, isTriggerActive: false });
  queues.handle("a").add([{ value: 0 }]);
  await expect(query?.processAllAvailable()).rejects.toThrow("divided by zero");
  expect(query?.status).toMatchObject({ message: expect.stringMatching(/^Terminated with exception: /) as unknown, isDataAvailable: false, isTriggerActive: false });
  expect(query?.exception?.message).toContain("divided by zero");
});

function deferred(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
