import { expect, test } from "vitest";
import { socketSource } from "../../../runtime/connectors/socket.ts";
import type { FollowedChunk, SourceLog, StreamSource } from "../../../runtime/connectors/source.ts";
import { VolatileLog } from "../../../runtime/connectors/volatile-log.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { runJob } from "../../../runtime/query/run-job.ts";
import { compileText, loadJob } from "../../support/load-job.ts";
import { startHarness } from "../../../runtime/testing/harness.ts";
import { userJob } from "../../support/user-job.ts";
import { codeOf, sourceContext, textOf } from "./support.ts";

async function open(host: SimHost, log?: SourceLog): Promise<{ source: StreamSource; warnings: string[] }> {
  const context = sourceContext(host, log === undefined ? {} : { log });
  const source = await socketSource({ host: "localhost", port: 9999n }).openStream?.(context);
  if (source === undefined) throw new TypeError("no stream");
  return { source, warnings: context.warnings };
}

/** Lets the receiver take what was sent. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("a batch takes the whole lines that have come; a partial line waits for its end", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const { source } = await open(host);
  expect(await source.latest(undefined, 0, false)).toBeUndefined();
  server.send("a\nb\nc");
  await settled();
  const first = await source.latest(undefined, 0, false);
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("a\nb\n");
  server.send("d\n");
  await settled();
  const second = await source.latest(first, 1, false);
  expect(await textOf(source.read(first, second ?? ""))).toBe("cd\n");
});

test("when the peer closes, a partial line is a record, the source says so and stays", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  server.send("a\nb");
  server.end();
  const { source, warnings } = await open(host);
  await settled();
  const first = await source.latest(undefined, 0, false);
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("a\nb\n");
  expect(await source.latest(first, 1, false)).toBe(first);
  expect(warnings).toEqual(["socket localhost:9999 closed the connection: no more data will come"]);
});

test("to the end of input means until the peer closes", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const { source } = await open(host);
  await source.freezeEnd();
  const waiting = source.latest(undefined, 0, true);
  await settled();
  server.send("a\n");
  const first = await waiting;
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("a\n");
  const end = source.latest(first, 1, true);
  await settled();
  server.end();
  expect(await end).toBe(first);
});

test("what is in the log is read from there after a restart, also without offsets, and a warning tells of the rest", async () => {
  const host = new SimHost();
  const log = new VolatileLog();
  const server = host.net.listen("localhost", 9999);
  const before = await open(host, log);
  server.send("a\n");
  await settled();
  const first = await before.source.latest(undefined, 0, false);
  server.send("b\n");
  await settled();
  await before.source.latest(first, 1, false);
  server.send("lost\n");
  await settled();
  await before.source.close();
  const { source, warnings } = await open(host, log);
  server.send("c\n");
  await settled();
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("a\n");
  const second = await source.latest(first, 1, false);
  expect(await textOf(source.read(first, second ?? ""))).toBe("b\n");
  const third = await source.latest(second, 2, false);
  expect(await textOf(source.read(second, third ?? ""))).toBe("c\n");
  expect(warnings[0]).toContain("lost");
});

test("a refused connection is tried again for a while, then it is an error", async () => {
  const host = new SimHost({ autoAdvance: true });
  expect(await codeOf(() => open(host))).toBe("R7210");
  const late = new SimHost();
  const opening = open(late);
  await late.clock.advance(3000);
  const server = late.net.listen("localhost", 9999);
  server.send("x\n");
  await late.clock.advance(2000);
  const { source } = await opening;
  await settled();
  expect(await textOf(source.read(undefined, (await source.latest(undefined, 0, false)) ?? ""))).toBe("x\n");
});

test("a broken connection is an error once the lines before it are taken", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const { source } = await open(host);
  server.send("a\n");
  await settled();
  server.break();
  await settled();
  const first = await source.latest(undefined, 0, false);
  expect(await textOf(source.read(undefined, first ?? ""))).toBe("a\n");
  expect(await codeOf(() => source.latest(first, 1, false))).toBe("R7211");
});

test("waiting ends with new lines or with the signal", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const { source } = await open(host);
  const waiting = source.waitForData(new AbortController().signal);
  await settled();
  server.send("a\n");
  await waiting;
  await source.latest(undefined, 0, false);
  const stop = new AbortController();
  const again = source.waitForData(stop.signal);
  stop.abort();
  await again;
});

test("a stop ends the wait for the end of input", async () => {
  const host = new SimHost();
  host.net.listen("localhost", 9999);
  const stop = new AbortController();
  const source = await socketSource({ host: "localhost", port: 9999 }).openStream?.(sourceContext(host, { stopping: stop.signal }));
  await source?.freezeEnd();
  const waiting = source?.latest(undefined, 0, true);
  await settled();
  stop.abort();
  expect(await waiting).toBeUndefined();
});

test("a stop ends the wait for a connection, also one to a peer that does not answer, and a late connection is closed", async () => {
  for (const answers of [false, true]) {
    const host = new SimHost();
    let closed = false;
    let answer = (): void => {};
    if (answers) {
      host.net.connect = () => new Promise((resolve) => {
        answer = () => resolve({ receive: () => new Promise(() => {}), close: () => void (closed = true) });
      });
    }
    const stop = new AbortController();
    const context = sourceContext(host, { stopping: stop.signal });
    const opening = socketSource({ host: "localhost", port: 9999 }).openStream?.(context);
    await settled();
    stop.abort();
    const source = await opening;
    await source?.freezeEnd();
    expect(await source?.latest(undefined, 0, true)).toBeUndefined();
    expect(context.warnings).toEqual([]);
    answer();
    await settled();
    expect(closed).toBe(answers);
  }
});

test("a query that waits for its server, or for the end of what it sends, ends on the first signal", async () => {
  const job = loadJob(compileText('source lines from socket(host: "localhost", port: 9999)\nsink out = lines into memory()', { optimize: true }));
  for (const listens of [false, true]) {
    const host = new SimHost();
    if (listens) host.net.listen("localhost", 9999);
    const run = runJob(job, ["--drain", "--checkpoint", "cp"], host);
    for (let turn = 0; turn < 20; turn++) await settled();
    host.signal("SIGINT");
    expect(await run).toBe(0);
    expect(host.stderr).not.toContain("error");
  }
});

test("lines that wait at an orderly stop are the next start's first batch", async () => {
  const job = loadJob(compileText('source lines from socket(host: "localhost", port: 9999)\nsink out = lines into memory()\n  trigger every 10 seconds', { optimize: true }));
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const harness = startHarness(job, { host });
  await harness.settle();
  server.send("a\nb\npart");
  await settled();
  await harness.stop();
  const batches = await harness.restart();
  expect(batches.flatMap(({ rows }) => rows.map(({ row }) => row))).toEqual([{ value: "a" }, { value: "b" }]);
  await harness.stop();
});

test("host and port are checked at start", async () => {
  expect(await codeOf(() => socketSource({ host: "", port: 1 }))).toBe("R7201");
  expect(await codeOf(() => socketSource({ host: "a", port: 70_000 }))).toBe("R7201");
});

const frames = 'import { unframe } from "./decode.ts"\nschema R { id: int }\nsource rows: R from socket("localhost", 9999, decode: unframe, format: "json", malformed: bad)\nsink out = rows into memory()\nsink bad into memory()';

test("`decode` makes records of lines: one, several or none; a line that it throws for is malformed, also when the batch is run again", async () => {
  const decode = 'export function unframe(line: Uint8Array): string | string[] | null {\n  const text = String.fromCharCode(...line);\n  if (text === "") return null;\n  if (text.startsWith("!")) throw new Error("no frame");\n  return text.includes(",") ? text.split(",").map((id) => `{"id":${id}}`) : `{"id":${text}}`;\n}';
  const { job } = userJob(frames, { "./decode.ts": decode });
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const harness = startHarness(job, { host, query: "out" });
  server.send("1\n2,3\r\n\n!x\n4\n");
  await settled();
  const [batch] = await harness.settle();
  expect(batch?.rows.map(({ row }) => row)).toEqual([1, 2, 3, 4].map((id) => ({ id })));
  expect(batch?.inputRows).toBe(5);
  expect((await harness.sql("select error, source, position from bad")).rows).toEqual([["`decode` failed: no frame", "socket localhost:9999, batch 0", "byte 8"]]);
  await harness.stop();
});

/** What a followed source hands on, until `stop`. */
function following(source: StreamSource, from?: string): { readonly chunks: FollowedChunk[]; readonly text: () => Promise<string>; stop(): Promise<void> } {
  const stopping = new AbortController();
  const chunks: FollowedChunk[] = [];
  const done = (async () => {
    for await (const followed of source.follow?.(from, stopping.signal) ?? []) chunks.push(followed);
  })();
  // It is asked for at the end.
  done.catch(() => undefined);
  const each = async function* (): AsyncGenerator<FollowedChunk["chunk"]> {
    for (const { chunk } of chunks) yield chunk;
  };
  return {
    chunks,
    text: () => textOf(each()),
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}

test("followed, lines are handed on as they come, and recorded when they are sealed up to a position", async () => {
  const host = new SimHost();
  const log = new VolatileLog();
  const server = host.net.listen("localhost", 9999);
  const { source } = await open(host, log);
  const followed = following(source);
  expect(await source.latest(undefined, 0, true)).toBeUndefined();
  server.send("a\nb");
  await settled();
  server.send("c\nd\n");
  await settled();
  expect(await followed.text()).toBe("a\nbc\nd\n");
  const [first, second] = followed.chunks.map(({ to }) => to);
  expect(await source.latest(first, 0, true)).not.toBe(first);
  expect(log.entries()).toEqual([]);
  // The second chunk is not processed yet: it belongs to the next epoch.
  expect(source.seal?.(first ?? "", 7)).toBe('{"logOffset":7}');
  expect(await textOf(source.read(undefined, '{"logOffset":7}'))).toBe("a\n");
  expect(source.seal?.(second ?? "", 8)).toBe('{"logOffset":8}');
  expect(await textOf(source.read('{"logOffset":7}', '{"logOffset":8}'))).toBe("bc\nd\n");
  expect(await source.latest('{"logOffset":8}', 9, true)).toBe('{"logOffset":8}');
  await followed.stop();
  server.send("e\n");
  await settled();
  source.keep?.(9);
  expect(log.entries()).toEqual([7, 8, 9]);
});

test("followed, what the log holds and no offsets cover comes first, and is not recorded again", async () => {
  const host = new SimHost();
  const log = new VolatileLog();
  const server = host.net.listen("localhost", 9999);
  server.send("a\n");
  const before = await open(host, log);
  await settled();
  expect(await before.source.latest(undefined, 0, false)).toBe('{"logOffset":0}');
  const { source } = await open(host, log);
  const followed = following(source);
  await settled();
  expect(await followed.text()).toBe("a\n");
  const to = followed.chunks[0]?.to ?? "";
  expect(source.seal?.(to, 0)).toBe('{"logOffset":0}');
  expect(log.entries()).toEqual([0]);
  expect(await source.latest('{"logOffset":0}', 1, true)).toBe('{"logOffset":0}');
  await followed.stop();
});

test("followed, a connection that breaks is an error, and one that the peer closes is not", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const { source } = await open(host);
  const followed = following(source);
  await settled();
  server.break();
  await settled();
  expect(await codeOf(() => followed.stop())).toBe("R7211");
  const other = host.net.listen("localhost", 9999);
  other.send("a");
  other.end();
  const closed = await open(host);
  const lines = following(closed.source);
  await settled();
  expect(await lines.text()).toBe("a\n");
  expect(closed.warnings).toEqual(["socket localhost:9999 closed the connection: no more data will come"]);
  await lines.stop();
});

test("followed, an epoch ends when as many lines wait as may", async () => {
  const host = new SimHost();
  const server = host.net.listen("localhost", 9999);
  const { source } = await open(host, new VolatileLog());
  const followed = following(source);
  await settled();
  const line = `${"x".repeat(1024 * 1024 - 1)}\n`;
  for (let n = 0; n < 17; n++) server.send(line);
  for (let n = 0; n < 10; n++) await settled();
  expect(followed.chunks.findIndex(({ endsEpoch }) => endsEpoch === true)).toBe(15);
  source.seal?.(followed.chunks.at(-1)?.to ?? "", 0);
  server.send("a\n");
  await settled();
  expect(followed.chunks.at(-1)?.endsEpoch).toBe(false);
  await followed.stop();
});
