import { expect, test } from "vitest";
import { consoleSink } from "../../../runtime/connectors/console.ts";
import { discardSink } from "../../../runtime/connectors/discard.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { batchOf, runBatch, sinkContext } from "./sink-support.ts";

test("a batch is a table when it is committed: the first rows, cells cut to their length, and how many there were", async () => {
  const host = new SimHost();
  const sink = await consoleSink({ rows: 2, truncate: 8 }).open(sinkContext(host));
  sink.begin(batchOf(3));
  sink.write("+I", { id: 5, name: "a long name with \n in it" });
  sink.write("+I", { id: 1n << 60n, name: null });
  sink.write("+I", { id: 7, name: "unseen" });
  expect(host.stdout).toBe("");
  await sink.commit(batchOf(3));
  expect(host.stdout).toBe(["── q · batch 3 ──", "      id  name", "────────  ────────", "       5  a long …", "1152921…  null", "(2 of 3 rows)", "", ""].join("\n"));
});

test("rows that left the result are marked", async () => {
  const host = new SimHost();
  const sink = await consoleSink().open(sinkContext(host, { mode: "update" }));
  await runBatch(sink, batchOf(0), [["+I", 1], ["-D", 2]]);
  expect(host.stdout).toBe(["── q · batch 0 ──", "   id  name", "─  ──  ────", "    1  n1", "−   2  n2", "(2 rows)", "", ""].join("\n"));
});

test("cells are whole when they are not truncated", async () => {
  const host = new SimHost();
  await runBatch(await consoleSink({ truncate: false }).open(sinkContext(host)), batchOf(0), [["+I", 1, "x".repeat(50)]]);
  expect(host.stdout).toContain("x".repeat(50));
});

test("an aborted batch prints nothing, an empty one only its head", async () => {
  const host = new SimHost();
  const sink = await consoleSink().open(sinkContext(host));
  sink.begin(batchOf(0));
  sink.write("+I", { id: 1, name: "a" });
  await sink.abort(batchOf(0));
  await runBatch(sink, batchOf(0, 2), []);
  expect(host.stdout).toBe(["── q · batch 0 ──", "id  name", "──  ────", "(0 rows)", "", ""].join("\n"));
});

test("discard takes every batch", async () => {
  const sink = await discardSink().open(sinkContext(new SimHost()));
  expect(await runBatch(sink, batchOf(0), [["+I", 1]])).toBe(true);
});

test("under the continuous trigger a table is printed for what came together", async () => {
  const host = new SimHost();
  const sink = await consoleSink().open(sinkContext(host));
  sink.begin(batchOf(3));
  sink.write("+I", { id: 1, name: "a" });
  await sink.flush?.();
  await sink.flush?.();
  sink.write("+I", { id: 2, name: "b" });
  await sink.flush?.();
  await sink.commit(batchOf(3));
  expect(host.stdout.match(/batch 3/g)).toHaveLength(2);
  expect(host.stdout.match(/\(1 row\)/g)).toHaveLength(2);
  // Nothing was flushed: the batch says that it is empty, as ever.
  sink.begin(batchOf(4));
  await sink.commit(batchOf(4));
  expect(host.stdout).toContain("batch 4");
});
