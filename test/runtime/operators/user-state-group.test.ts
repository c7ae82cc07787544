import { expect, it } from "vitest";
import { createGroupState } from "../../../runtime/operators/user-state-group.ts";
import type { StateTimeout } from "../../../runtime/operators/user-state.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";
import { minutes, seconds } from "../../../runtime/time/duration-words.ts";
import type { GroupState } from "../../../runtime/user/keyed-state.ts";
import { StoredEntries } from "../../support/stored-entries.ts";

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });

interface Total {
  sum: number;
  readonly texts: string[];
}

type Call = (key: string, rows: readonly number[], state: GroupState<Total>) => Iterable<string> | string | undefined;

function tableOf(call: Call, timeout?: StateTimeout) {
  const type = { fields: { sum: "number", texts: { array: "string" } } } as const;
  return createGroupState("totals/state", { function: "total", key: { k: "string" }, keyOf: ({ k }) => k, state: type, initial: true, underWatermark: true, call, ...(timeout === undefined ? {} : { timeout }) }, codec);
}

/** A function that sums, and tells of timeouts. */
const sums: Call = (key, rows, state) => {
  if (state.hasTimedOut) {
    const total = state.get();
    state.remove();
    return `${key} timed out at ${total?.sum}, rows ${rows.length}`;
  }
  const sum = rows.reduce((left, right) => left + right, state.get()?.sum ?? 0);
  state.update({ sum, texts: [] });
  return `${key} ${sum}`;
};

/** Runs batches over a table that is made anew, and restored, before each of them. */
class Restarted {
  readonly stored = new StoredEntries();
  readonly #make: () => ReturnType<typeof tableOf>;

  constructor(make: () => ReturnType<typeof tableOf>) {
    this.#make = make;
  }

  batch(watermark: number, rows: readonly (readonly [key: string, row: number, time?: number])[], clock = 0, initial: readonly (readonly [string, number])[] = []): readonly string[] {
    const { states, kept } = this.#make();
    this.stored.restoreInto(kept);
    kept.beginBatch({ lateWatermark: watermark, evictWatermark: watermark, timestamp: 0, isRebuilding: true });
    expect([...states.run()]).toEqual([]);
    kept.beginBatch({ lateWatermark: watermark, evictWatermark: watermark, timestamp: clock * 1000, isRebuilding: false });
    for (const [key, sum] of initial) states.addInitial([key], { sum, texts: [] });
    for (const [key, row, time] of rows) states.add([key], row, time === undefined ? null : time * 1000);
    const given = [...states.run()];
    kept.evict();
    this.stored.take(kept);
    return given;
  }
}

it("calls once for each key with rows, in the order of their first, with the state of before", () => {
  const run = new Restarted(() => tableOf(sums));
  expect(run.batch(0, [["b", 1], ["a", 2], ["b", 3]])).toEqual(["b 4", "a 2"]);
  expect(run.batch(0, [["a", 5]])).toEqual(["a 7"]);
  expect(run.batch(0, [])).toEqual([]);
  // Two keys, and that the first batch has been.
  expect(run.stored.size).toBe(3);
});

it("times a key out once the watermark is after its timeout, by time and key, across restarts", () => {
  const run = new Restarted(() => tableOf(sums, { after: seconds(1), by: "event time" }));
  expect(run.batch(0, [["b", 1, 2000], ["a", 1, 1000], ["c", 1, 2000], ["a", 1, 500]])).toEqual(["b 1", "a 2", "c 1"]);
  expect(run.batch(2000, [])).toEqual([]);
  // A key with rows has a new timeout.
  expect(run.batch(2500, [["d", 1, 2600]])).toEqual(["d 1", "a timed out at 2, rows 0"]);
  expect(run.batch(3000, [["d", 1, 2600]])).toEqual(["d 2"]);
  expect(run.batch(3001, [["b", 1, 5000]])).toEqual(["b 2", "c timed out at 1, rows 0"]);
  // The timeout of a key whose rows are older counts from the watermark.
  expect(run.batch(9000, [["e", 1, 10]])).toEqual(["e 1", "d timed out at 2, rows 0", "b timed out at 2, rows 0"]);
  expect(run.batch(Infinity, [])).toEqual(["e timed out at 1, rows 0"]);
  expect(run.stored.size).toBe(1);
});

it("times a key out once the batch's clock is after its timeout, and whatever it is at the end of input", () => {
  const run = new Restarted(() => tableOf(sums, { after: minutes(1), by: "processing time" }));
  expect(run.batch(0, [["a", 1]], 5)).toEqual(["a 1"]);
  expect(run.batch(9, [], 60_005)).toEqual([]);
  expect(run.batch(0, [["b", 1]], 60_006)).toEqual(["b 1", "a timed out at 1, rows 0"]);
  expect(run.batch(Infinity, [], 60_007)).toEqual(["b timed out at 1, rows 0"]);
  expect(run.stored.size).toBe(1);
});

it("calls a key whose timeout a function sets again and again once at the end of input", () => {
  const beats = (by: StateTimeout["by"]): readonly string[] => {
    const run = new Restarted(() => tableOf((key, rows, state) => {
      if (rows.length > 0) state.update({ sum: 1, texts: [] });
      if (by === "processing time") state.setTimeoutDuration(1000);
      else state.setTimeoutTimestamp(new Date((state.watermark?.getTime() ?? 0) + 1000));
      return `${key} ${state.hasTimedOut}`;
    }, { after: seconds(1), by }));
    return [...run.batch(0, [["a", 1, 5]]), ...run.batch(1001, [], 1001), ...run.batch(Infinity, [], 1001)];
  };
  expect(beats("processing time")).toEqual(["a false", "a true", "a true"]);
  expect(beats("event time")).toEqual(beats("processing time"));
});

it("does not set a timeout back for rows that are older, so that it is the same however rows are cut into batches", () => {
  const outOf = (...batches: readonly (readonly [key: string, row: number, time: number])[][]): readonly string[] => {
    const run = new Restarted(() => tableOf(sums, { after: seconds(10), by: "event time" }));
    for (const rows of batches) run.batch(40_000, rows);
    return [...run.batch(80_000, []), ...run.batch(110_000, []), ...run.batch(110_001, [])];
  };
  const together = outOf([["a", 1, 100_000], ["a", 1, 60_000]]);
  expect(together).toEqual(["a timed out at 2, rows 0"]);
  expect(outOf([["a", 1, 100_000]], [["a", 1, 60_000]])).toEqual(together);
  expect(outOf([["a", 1, 60_000]], [["a", 1, 100_000]])).toEqual(together);
});

it("goes back to the step's own timeout in a call that sets none", () => {
  const run = new Restarted(() => tableOf((key, rows, state) => {
    const told = sums(key, rows, state);
    if (rows.includes(7)) state.setTimeoutTimestamp(new Date(50_000));
    return told;
  }, { after: seconds(10), by: "event time" }));
  run.batch(0, [["a", 1, 10_000], ["a", 7, 5000], ["b", 7, 10_000]]);
  expect(run.batch(0, [["a", 1, 3000]])).toEqual(["a 9"]);
  expect(run.batch(20_000, [])).toEqual([]);
  expect(run.batch(20_001, [])).toEqual(["a timed out at 9, rows 0"]);
  expect(run.batch(50_001, [])).toEqual(["b timed out at 7, rows 0"]);
});

it("leaves the timeout where it is for rows without an event time, and counts from the watermark where none is ahead", () => {
  const run = new Restarted(() => tableOf(sums, { after: seconds(1), by: "event time" }));
  run.batch(0, [["a", 1, 2000]]);
  expect(run.batch(1000, [["a", 1], ["b", 1]])).toEqual(["a 2", "b 1"]);
  expect(run.batch(2000, [])).toEqual([]);
  expect(run.batch(2001, [["b", 1]])).toEqual(["b 2"]);
  expect(run.batch(3001, [])).toEqual(["a timed out at 2, rows 0"]);
  expect(run.batch(3002, [])).toEqual(["b timed out at 2, rows 0"]);
  expect(run.stored.size).toBe(1);
});

it("asks for batches without data when a timeout may be due", () => {
  const byEvent = tableOf(sums, { after: seconds(1), by: "event time" });
  byEvent.kept.beginBatch({ lateWatermark: 0, evictWatermark: 10, timestamp: 0, isRebuilding: false });
  expect([byEvent.kept.wantsNoDataBatch(10, 1e9), byEvent.kept.wantsNoDataBatch(11, 0), byEvent.kept.dueAt]).toEqual([false, true, undefined]);
  const byClock = tableOf(sums, { after: seconds(1), by: "processing time" });
  byClock.kept.beginBatch({ lateWatermark: 0, evictWatermark: 10, timestamp: 0, isRebuilding: false });
  expect([byClock.kept.wantsNoDataBatch(11, 1e9), byClock.kept.dueAt]).toEqual([false, undefined]);
  byClock.states.add(["a"], 1);
  expect([...byClock.states.run()]).toEqual(["a 1"]);
  expect([byClock.kept.dueAt, byClock.kept.wantsNoDataBatch(11, 1000), byClock.kept.wantsNoDataBatch(11, 1001)]).toEqual([1001, false, true]);
  expect(tableOf(sums).kept.wantsNoDataBatch(1e9, 1e9)).toBe(false);
});

it("lets the function's timeout win, keeps a state without one after a call that sets none, and an entry with a timeout only", () => {
  const seen: string[] = [];
  const call: Call = (key, rows, state) => {
    seen.push(`${key} ${rows.join()} ${state.get()?.sum} ${state.hasTimedOut} ${state.watermark?.getTime()}`);
    if (state.hasTimedOut) return;
    if (key === "a") state.update({ sum: 1, texts: [] });
    state.setTimeoutTimestamp(new Date(100));
  };
  const run = new Restarted(() => tableOf(call, { after: seconds(1), by: "event time" }));
  run.batch(0, [["a", 1, 5], ["b", 2, 5]]);
  run.batch(101, []);
  run.batch(5000, []);
  run.batch(5001, []);
  expect(seen).toEqual(["a 1 undefined false 0", "b 2 undefined false 0", "a  1 true 101", "b  undefined true 101"]);
  expect(run.stored.size).toBe(2);
});

it("takes initial states in the first batch only, and calls for their keys", () => {
  const run = new Restarted(() => tableOf((key, rows, state) => `${key} ${state.exists} ${rows.length} ${sums(key, rows, state)}`));
  expect(run.batch(0, [["a", 1], ["c", 1]], 0, [["a", 10], ["b", 20]])).toEqual(["a true 1 a 11", "c false 1 c 1", "b true 0 b 20"]);
  expect(run.batch(0, [["b", 1]], 0, [["b", 90], ["z", 1]])).toEqual(["b true 1 b 21"]);
  const late = new Restarted(() => tableOf(sums));
  late.batch(0, []);
  expect(late.batch(0, [["a", 1]], 0, [["a", 10]])).toEqual(["a 1"]);
  expect(() => new Restarted(() => tableOf(sums)).batch(0, [], 0, [["a", 1], ["a", 2]])).toThrow(expect.objectContaining({ code: "R7514" }));
});

it("takes the rows of a bounded run before its end, at which what has a timeout times out", () => {
  const { states, kept } = tableOf(sums, { after: seconds(1), by: "event time" });
  kept.beginBatch({ lateWatermark: -Infinity, evictWatermark: Infinity, timestamp: 0, isRebuilding: false });
  expect(states.isLate(-5)).toBe(false);
  states.add(["a"], 1, 5000);
  expect([...states.run()]).toEqual(["a 1", "a timed out at 1, rows 0"]);
  expect(kept.rows).toBe(0);
});

it("keeps a state from what the function does to its objects", () => {
  const given: Total = { sum: 1, texts: ["x"] };
  const run = new Restarted(() => tableOf((_, rows, state) => {
    if (!state.exists) state.update(given);
    given.texts.push("later");
    const got = state.get();
    got?.texts.push("mutated");
    return `${rows.length} ${state.get()?.texts.join()}`;
  }));
  expect(run.batch(0, [["a", 1]])).toEqual(["1 x"]);
  expect(run.batch(0, [["a", 1]])).toEqual(["1 x"]);
});

it("takes rows from a generator, whose writes count when it is at its end", () => {
  const run = new Restarted(() => tableOf(function* (key, rows, state) {
    for (const row of rows) {
      const sum = (state.get()?.sum ?? 0) + row;
      state.update({ sum, texts: [] });
      yield `${key} ${sum}`;
    }
  }));
  expect(run.batch(0, [["a", 1], ["a", 2]])).toEqual(["a 1", "a 3"]);
  expect(run.batch(0, [["a", 4]])).toEqual(["a 7"]);
});

it("names function and key where a function fails or uses its state wrongly", () => {
  const kept: GroupState<Total>[] = [];
  const failing = (call: Call, timeout?: StateTimeout): unknown => {
    try {
      new Restarted(() => tableOf(call, timeout)).batch(1000, [["a", 1, 5]]);
    } catch (error) {
      return error;
    }
    return undefined;
  };
  const where = 'function total, key "a", state totals/state';
  expect(failing(() => { throw new Error("no luck"); })).toMatchObject({ code: "R7511", where, what: "the function total failed: no luck" });
  expect(failing((_, __, state) => state.update({ sum: "1", texts: [] } as unknown as Total) as undefined)).toMatchObject({ code: "R7510", where });
  expect(failing((_, __, state) => state.setTimeoutDuration(5) as undefined)).toMatchObject({ code: "R7512", where });
  expect(failing((_, __, state) => state.setTimeoutDuration(5) as undefined, { after: 1, by: "event time" })).toMatchObject({ code: "R7512", where });
  expect(failing((_, __, state) => state.setTimeoutTimestamp(new Date(5000)) as undefined, { after: 1, by: "processing time" })).toMatchObject({ code: "R7512", where });
  expect(failing((_, __, state) => state.setTimeoutTimestamp(new Date(999)) as undefined, { after: 1, by: "event time" })).toMatchObject({ code: "R7513", where });
  expect(failing((_, __, state) => state.setTimeoutTimestamp(new Date(1000)) as undefined, { after: 1, by: "event time" })).toBeUndefined();
  expect(failing((_, __, state) => state.setTimeoutTimestamp(new Date(NaN)) as undefined, { after: 1, by: "event time" })).toMatchObject({ code: "R7513", where });
  for (const duration of [0, -1, NaN]) expect(failing((_, __, state) => state.setTimeoutDuration(duration) as undefined, { after: 1, by: "processing time" })).toMatchObject({ code: "R7513", where });
  failing((_, __, state) => void kept.push(state));
  expect(() => kept[0]?.get()).toThrow(expect.objectContaining({ code: "R7515" }));
  const promised: unknown = async () => undefined;
  expect(failing(promised as Call)).toMatchObject({ code: "R7511", where });
});

it("counts late rows, and takes no more memory for keys that come and go", () => {
  const { states, kept } = tableOf(sums, { after: seconds(1), by: "event time" });
  let changes = 0;
  for (let batch = 1; batch <= 10_000; batch++) {
    const watermark = batch * 1000;
    kept.beginBatch({ lateWatermark: watermark, evictWatermark: watermark, timestamp: 0, isRebuilding: false });
    if (!states.isLate(watermark * 1000)) throw new Error("not late");
    states.add([`key ${batch}`], 1, (watermark + 1) * 1000);
    for (const row of states.run()) if (row === "") throw new Error("no row");
    for (const change of kept.changes()) if (change.key.length > 0) changes++;
    if (kept.rows > 3) throw new Error(`${kept.rows} keys`);
  }
  expect(kept.memoryBytes).toBeLessThan(1000);
  expect(kept.takeCounts()).toEqual({ updated: 10_000, removed: 9_998, late: 10_000, partlyLate: 0 });
  expect(changes).toBe(1 + 10_000 + 9_998);
});
