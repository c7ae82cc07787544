import fc from "fast-check";
import { expect, it } from "vitest";
import type { Change } from "../../../runtime/changelog/change.ts";
import { RowError } from "../../../runtime/errors/row-error.ts";
import type { StateTimeout } from "../../../runtime/operators/user-state.ts";
import { createUpdateState } from "../../../runtime/operators/user-state-update.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";
import { seconds } from "../../../runtime/time/duration-words.ts";
import { StoredEntries } from "../../support/stored-entries.ts";

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });

interface Total {
  readonly sum: number;
}

type Call = (rows: readonly number[], previous: Total | undefined) => Total | undefined;

function tableOf(call: Call, timeout?: StateTimeout, seed?: number) {
  return createUpdateState(
    "totals/state",
    { function: "total", key: { k: "string", n: "int?" }, state: { fields: { sum: "number" } }, initial: true, underWatermark: true, call, rowOf: ({ k, n }, { sum }) => ({ k, n, sum }), ...(timeout === undefined ? {} : { timeout }) },
    codec, seed,
  );
}

/** A sum that ends where it is 0. */
const sums: Call = (rows, previous) => {
  const sum = rows.reduce((left, right) => left + right, previous?.sum ?? 0);
  return sum === 0 ? undefined : { sum };
};

const text = (changes: Iterable<Change<{ readonly k: string; readonly n: number | null; readonly sum: number }>>): readonly string[] =>
  Array.from(changes, ({ row, weight }) => `${weight === 1 ? "+" : "-"}${row.k}${row.n ?? ""} ${row.sum}`);

it("gives the changes of the states, and takes a key away whose function gives undefined", () => {
  const { states, kept } = tableOf(sums);
  const batch = (...rows: readonly (readonly [string, number | null, number])[]): readonly string[] => {
    kept.beginBatch({ lateWatermark: 0, evictWatermark: 0, timestamp: 0, isRebuilding: false });
    for (const [k, n, row] of rows) states.add([k, n], row);
    states.run();
    kept.evict();
    expect(text(states.changes())).toEqual(text(states.changes()));
    expect(text(states.shown())).toEqual(text(states.changes()));
    return text(states.changes());
  };
  expect(batch(["b", 1, 2], ["a", null, 1], ["b", 1, 3])).toEqual(["+b1 5", "+a 1"]);
  expect(batch(["a", null, 1], ["b", 1, 0])).toEqual(["-a 1", "+a 2"]);
  expect(batch(["b", 1, -5], ["c", 0, 0])).toEqual(["-b1 5"]);
  expect(Array.from(states.snapshot())).toEqual([{ k: "a", n: null, sum: 2 }]);
  expect([kept.rows, batch()]).toEqual([1, []]);
});

it("calls for every other key that has state, in the order of keys, and what it does to its objects changes nothing", () => {
  const calls: string[] = [];
  const { states, kept } = tableOf((rows, previous) => {
    calls.push(`${rows.join()}/${previous?.sum}`);
    if (previous === undefined) return { sum: rows[0] ?? 0 };
    // Counts down to nothing.
    Object.assign(previous, { sum: previous.sum - 1 });
    return previous.sum === 0 ? undefined : previous;
  });
  const batch = (...rows: readonly (readonly [string, number])[]): readonly string[] => {
    kept.beginBatch({ lateWatermark: 0, evictWatermark: 0, timestamp: 0, isRebuilding: false });
    for (const [k, row] of rows) states.add([k, null], row);
    states.run();
    return text(states.changes());
  };
  expect(batch(["b", 2], ["a", 1], ["c", 3])).toEqual(["+b 2", "+a 1", "+c 3"]);
  expect(batch(["c", 7])).toEqual(["-c 3", "+c 2", "-a 1", "-b 2", "+b 1"]);
  expect(batch()).toEqual(["-b 1", "-c 2", "+c 1"]);
  expect(batch()).toEqual(["-c 1"]);
  expect(calls).toEqual(["2/undefined", "1/undefined", "3/undefined", "7/3", "/1", "/2", "/1", "/2", "/1"]);
});

it("takes a key away without a call when it times out, and shows initial states as new", () => {
  let calls = 0;
  const { states, kept } = tableOf((rows, previous) => { calls++; return sums(rows, previous); }, { after: seconds(1), by: "event time" });
  const batch = (watermark: number, ...rows: readonly (readonly [string, number, number])[]): readonly string[] => {
    kept.beginBatch({ lateWatermark: watermark, evictWatermark: watermark, timestamp: 0, isRebuilding: false });
    states.addInitial(["i", 1], { sum: 9 });
    for (const [k, row, time] of rows) states.add([k, null], row, time * 1000);
    states.run();
    return [...text(states.changes()), `${calls} calls`];
  };
  expect(batch(0, ["a", 1, 1000], ["b", 1, 500])).toEqual(["+a 1", "+b 1", "+i1 9", "3 calls"]);
  expect(batch(1501)).toEqual(["-b 1", "5 calls"]);
  // A call without rows leaves the timeout as it is.
  expect(batch(2000)).toEqual(["7 calls"]);
  expect(batch(2001, ["b", 3, 3000])).toEqual(["+b 3", "-a 1", "9 calls"]);
  expect(batch(Infinity)).toEqual(["-b 3", "9 calls"]);
  expect(kept.rows).toBe(1);
});

it("names function and key where the function fails, or a row cannot be made of what it gave", () => {
  const failing = (call: Call, row: number): unknown => {
    const { states, kept } = createUpdateState("totals/state", { function: "total", key: { k: "string", n: "long?" }, state: { fields: { sum: "number" } }, call, rowOf: (_, { sum }) => { if (sum > 5) throw new RowError("CAST_OVERFLOW", `${sum} is too great`); return sum; } }, codec);
    try {
      kept.beginBatch({ lateWatermark: 0, evictWatermark: 0, timestamp: 0, isRebuilding: false });
      states.add(["a", 2n ** 60n], row);
      states.run();
      return [...states.changes()];
    } catch (error) {
      return error;
    }
  };
  const where = 'function total, key "a", "1152921504606846976", state totals/state';
  expect(failing(sums, 5)).toEqual([{ row: 5, weight: 1 }]);
  expect(failing(sums, 6)).toMatchObject({ code: "R7111", where, what: "6 is too great [CAST_OVERFLOW]" });
  expect(failing(() => { throw new Error("no luck"); }, 1)).toMatchObject({ code: "R7511", where });
  expect(failing(() => ({}) as Total, 1)).toMatchObject({ code: "R7510", where, what: "the state at sum must be a number, found undefined" });
});

it("keeps the states of a bounded run to its end", () => {
  const { states, kept } = tableOf(sums, { after: seconds(1), by: "event time" });
  kept.beginBatch({ lateWatermark: -Infinity, evictWatermark: Infinity, timestamp: 0, isRebuilding: false });
  states.add(["a", 1], 5, 1000);
  states.run();
  expect(text(states.changes())).toEqual(["+a1 5"]);
});

it("gives the same whatever restarts are between its batches", () => {
  const rows = fc.array(fc.record({ k: fc.constantFrom("a", "b", "c"), n: fc.constantFrom(null, 0, 1), row: fc.integer({ min: -1, max: 1 }), time: fc.integer({ min: 0, max: 9000 }) }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.record({ rows, advance: fc.integer({ min: 0, max: 2000 }) }), { maxLength: 8 }), fc.constantFrom(undefined, "event time" as const, "processing time" as const), (batches, by) => {
      const timeout = by === undefined ? undefined : { after: seconds(1), by };
      const straight = tableOf(sums, timeout);
      const stored = new StoredEntries();
      const shown = new Map<string, number>();
      let now = 0;
      batches.forEach(({ rows: all, advance }, at) => {
        const restarted = tableOf(sums, timeout, at);
        stored.restoreInto(restarted.kept);
        restarted.kept.beginBatch({ lateWatermark: now, evictWatermark: now, timestamp: now * 1000, isRebuilding: true });
        restarted.states.run();
        expect(text(restarted.states.shown())).toEqual(Array.from(straight.states.snapshot(), ({ k, n, sum }) => `+${k}${n ?? ""} ${sum}`));
        now += advance;
        const given = [straight, restarted].map(({ states, kept }) => {
          kept.beginBatch({ lateWatermark: now, evictWatermark: now, timestamp: now * 1000, isRebuilding: false });
          for (const { k, n, row, time } of all) states.add([k, n], row, time * 1000);
          states.run();
          return text(states.changes());
        });
        expect(given[1]).toEqual(given[0]);
        stored.take(restarted.kept);
        expect(stored.size).toBe(straight.kept.rows + 1);
        for (const change of given[0] ?? []) {
          const net = (shown.get(change.slice(1)) ?? 0) + (change.startsWith("+") ? 1 : -1);
          if (net === 0) shown.delete(change.slice(1));
          else shown.set(change.slice(1), net);
        }
        expect([...shown.keys()].sort()).toEqual(Array.from(straight.states.snapshot(), ({ k, n, sum }) => `${k}${n ?? ""} ${sum}`).sort());
      });
    }),
    { numRuns: 100 },
  );
});
