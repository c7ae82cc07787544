import { expect, it } from "vitest";
import { totals } from "../../examples/running-state/totals.ts";
import { faultPoints, testJob, type TestKit } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";

const job = await generatedJob("running-state");
const batches = [
  [{ word: "apple", amount: 3 }, { word: "pear", amount: 5 }, { word: "apple", amount: 4 }],
  [{ word: "plum", amount: 1 }, { word: "pear", amount: null }],
  [{ word: "apple", amount: -2 }, { word: "pear", amount: 8 }],
];

function withBatches(): TestKit {
  const kit = testJob(job);
  for (const rows of batches) kit.add("amounts", rows);
  return kit;
}

it("keeps a total for each word, batch by batch, and forgets a word that is reset", async () => {
  const kit = withBatches();
  await kit.step();
  expect(kit.batches("running").map(({ rows }) => rows.map(({ kind, row }) => ({ kind, ...(row as object) })))).toEqual([
    [{ kind: "+I", word: "apple", total: 7, batches: 1 }, { kind: "+I", word: "pear", total: 5, batches: 1 }],
    [{ kind: "+I", word: "plum", total: 1, batches: 1 }, { kind: "-D", word: "pear", total: 5, batches: 1 }, { kind: "+U", word: "apple", total: 7, batches: 2 }],
    [{ kind: "+U", word: "apple", total: 5, batches: 3 }, { kind: "+I", word: "pear", total: 8, batches: 1 }, { kind: "+U", word: "plum", total: 1, batches: 2 }],
  ]);
  expect(kit.rows("running")).toEqual([{ word: "apple", total: 5, batches: 3 }, { word: "pear", total: 8, batches: 1 }, { word: "plum", total: 1, batches: 2 }]);
  expect(kit.state("running/state")).toContainEqual({ key: { word: "pear" }, value: { total: 8n, batches: 1 } });
  await kit.stop();
});

it("comes to the same wherever it dies", async () => {
  const calm = withBatches();
  await calm.step();
  const reached = new Set(calm.host.reached);
  const points = faultPoints.filter((point) => reached.has(point));
  expect(points.length).toBeGreaterThan(20);
  for (const point of points) {
    const kit = withBatches();
    kit.crashAt(point, 1);
    await kit.step();
    await kit.restart({ partitions: 7 });
    expect(kit.rows("running"), point).toEqual(calm.rows("running"));
    await kit.stop();
  }
});

it("adds up, and begins anew at a reset", () => {
  expect(totals([1n, null, 4n], { total: 10n, batches: 2 })).toEqual({ total: 4n, batches: 3 });
  expect(totals([1n, null], { total: 10n, batches: 2 })).toBeUndefined();
  expect(totals([], { total: 10n, batches: 2 })).toEqual({ total: 10n, batches: 3 });
});
