import { expect, it } from "vitest";
import { mapAsync, transformRows } from "../../../../runtime/functions/user/map-async.ts";

/** Lets everything that waits go on a little. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it("gives the results in the order of the rows, whichever is ready first", async () => {
  const doors: (() => void)[] = [];
  const answers = mapAsync((row: number) => new Promise<{ row: number }>((resolve) => void (doors[row] = () => { resolve({ row }); })), [0, 1, 2], "ask");
  await turn();
  for (const at of [2, 0, 1]) doors[at]?.();
  expect(await answers).toEqual([{ row: 0 }, { row: 1 }, { row: 2 }]);
});

it("has at most sixteen calls under way", async () => {
  let [running, most] = [0, 0];
  const rows = Array.from({ length: 100 }, (_, at) => at);
  const answers = await mapAsync(async (row: number) => {
    most = Math.max(most, ++running);
    await turn();
    running--;
    return { row };
  }, rows, "ask");
  expect([most, answers.length]).toEqual([16, 100]);
});

it("begins no further call when one has failed, and tells it at once, whatever the others do", async () => {
  const asked: number[] = [];
  const answers = mapAsync(async (row: number) => {
    asked.push(row);
    await turn();
    if (row === 3) throw new Error(`no answer for ${row}`);
    return row === 5 ? await new Promise<never>(() => {}) : { row };
  }, Array.from({ length: 50 }, (_, at) => at), "ask");
  await expect(answers).rejects.toMatchObject({ code: "R7153", message: expect.stringContaining("`ask` failed: no answer for 3") });
  expect(asked.length).toBeLessThan(40);
});

it("takes a function that waits for nothing, and refuses what is no record", async () => {
  expect(await mapAsync((row: number) => ({ row }), [1], "ask")).toEqual([{ row: 1 }]);
  await expect(mapAsync(() => null as unknown as object, [1], "ask")).rejects.toMatchObject({ code: "R7150" });
});

it("transforms the rows of a batch at once, and says which function failed", async () => {
  expect([...(await transformRows((rows: readonly number[]) => rows.map((row) => ({ row })).reverse(), [1, 2], "turned"))]).toEqual([{ row: 2 }, { row: 1 }]);
  await expect(transformRows(() => { throw new Error("no"); }, [1, 2], "turned")).rejects.toMatchObject({ code: "R7153", message: expect.stringContaining("`turned` failed: no") });
});

it("takes the rows of a generator one by one, which may give the same object again", async () => {
  function* counted(rows: readonly number[]): Iterable<{ row: number }> {
    const one = { row: 0 };
    for (const row of rows) {
      one.row = row;
      yield one;
    }
    throw new Error("at the end");
  }
  const seen: number[] = [];
  const all = async (): Promise<void> => {
    for (const { row } of await transformRows(counted, [1, 2, 3], "counted")) seen.push(row);
  };
  await expect(all()).rejects.toMatchObject({ code: "R7153", message: expect.stringContaining("`counted` failed: at the end") });
  expect(seen).toEqual([1, 2, 3]);
});

it("does not call a function for a batch without rows", async () => {
  expect([...(await transformRows(() => { throw new Error("called"); }, [], "never"))]).toEqual([]);
});
