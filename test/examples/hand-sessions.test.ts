import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { generate } from "../../examples/hand-sessions/generate.ts";
import { testJob, type TestKit } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";

const job = await generatedJob("hand-sessions");
const folder = fileURLToPath(new URL("../../examples/hand-sessions/data/", import.meta.url));
const files = Object.fromEntries(generate().map(({ name, text }) => [`examples/hand-sessions/data/${name}`, text]));

const click = (user: string, at: string): { readonly user: string; readonly at: string; readonly page: string } => ({ user, at: `2024-05-13T${at}:00Z`, page: "/" });

/** The sessions of a sink, in an order of their own. */
function sessionsOf(kit: TestKit, sink: string): readonly string[] {
  return kit.rows(sink).map((row) => JSON.stringify(row)).sort();
}

it("gives a session when the watermark is behind its end, joined by a click that came late", async () => {
  const kit = testJob(job, { queries: ["by_hand"] });
  kit.add("clicks", [click("ann", "10:00"), click("bob", "10:01"), click("ann", "10:40")]);
  kit.add("clicks", [click("ann", "10:32"), click("ann", "10:25")]);
  await kit.step();
  expect(kit.rows("by_hand")).toEqual([]);
  expect(kit.state("by_hand/state")).toMatchObject([{ key: { user: "ann" } }, { key: { user: "bob" } }]);
  await kit.advanceEventTime("2024-05-13T10:45:00Z");
  expect(kit.rows("by_hand")).toEqual([{ user: "bob", start: "2024-05-13T10:01:00.000Z", end: "2024-05-13T10:31:00.000Z", clicks: 1 }]);
  await kit.restart();
  await kit.drain();
  expect(kit.rows("by_hand").at(-1)).toEqual({ user: "ann", start: "2024-05-13T10:00:00.000Z", end: "2024-05-13T11:10:00.000Z", clicks: 4 });
  expect(kit.rows("by_hand")).toHaveLength(2);
});

it("ends a session when the watermark is at its end, as the language does", async () => {
  const kit = testJob(job);
  kit.add("clicks", [click("ann", "10:00"), click("ann", "10:30"), click("bob", "10:00"), click("bob", "10:29")]);
  await kit.step();
  for (const time of ["10:39:59.999", "10:40", "10:40:00.001", "11:09", "11:10", "11:10:00.001"]) {
    await kit.advanceEventTime(`2024-05-13T${time}Z`);
    expect(sessionsOf(kit, "by_hand"), time).toEqual(sessionsOf(kit, "by_window"));
  }
  expect(kit.rows("by_hand")).toHaveLength(2);
  await kit.stop();
});

it("takes only clicks that are newer than the watermark, where a session window does while its session would not be over", async () => {
  const kit = testJob(job);
  kit.add("clicks", [click("ann", "11:00")]);
  await kit.step();
  kit.add("clicks", [click("ann", "10:50"), click("ann", "10:51"), click("bob", "10:20")]);
  await kit.drain();
  expect(kit.rows("by_hand")).toMatchObject([{ user: "ann", clicks: 2 }]);
  expect(kit.rows("by_window")).toMatchObject([{ user: "ann", clicks: 3 }]);
});

it("gives by hand what session windows give, batch by batch", async () => {
  const kit = testJob(job, { ownConnectors: ["clicks"], files });
  await kit.drain();
  const batches = (sink: string): readonly unknown[] => kit.batches(sink).flatMap(({ watermark, rows }) => (rows.length === 0 ? [] : [{ watermark, rows: rows.map(({ row }) => JSON.stringify(row)).sort() }]));
  expect(batches("by_hand")).toEqual(batches("by_window"));
  expect(kit.rows("by_hand").length).toBeGreaterThan(20);
  expect(Math.max(...kit.rows("by_hand").map((row) => (row as { readonly clicks: number }).clicks))).toBeGreaterThan(3);
});

it("gives the same although the process dies in the middle of things", async () => {
  const calm = testJob(job, { ownConnectors: ["clicks"], files });
  await calm.drain();
  for (const point of ["offsets.renamed", "batch.rows-read", "state-delta.synced", "sinks.prepared", "commits.half-written"] as const) {
    const kit = testJob(job, { ownConnectors: ["clicks"], files, queries: ["by_hand"] });
    kit.crashAt(point, 3);
    await kit.step();
    expect(kit.crashed, point).toBe(true);
    await kit.restart({ loss: "kill" });
    await kit.drain();
    expect(sessionsOf(kit, "by_hand"), point).toEqual(sessionsOf(calm, "by_window"));
  }
});

it("reads the files that the generator gives", () => {
  for (const { name, text } of generate()) expect(readFileSync(folder + name, "utf8") === text, name).toBe(true);
});
