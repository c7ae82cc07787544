import fc from "fast-check";
import { expect, it } from "vitest";
import { createSeenKeys } from "../../../runtime/operators/seen-keys-table.ts";
import type { SeenKeysSpec } from "../../../runtime/operators/seen-keys.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const key = { k: { record: [["a", "int?"], ["d", { array: "double" }]], nullable: true }, t: "timestamp?" } as const;
const specs: readonly SeenKeysSpec[] = [
  { key, underWatermark: true },
  { key, closing: { key: "t" }, underWatermark: true },
  { key, closing: { within: 7000 }, underWatermark: true },
];

const text = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (Object.is(part, -0) ? "-0" : Number.isNaN(part) ? "NaN" : part));
const content = fc.option(fc.record({ a: fc.constantFrom(null, 0, 1), d: fc.array(fc.constantFrom(0, -0, NaN, 0.5), { maxLength: 2 }) }));
const time = fc.option(fc.integer({ min: -5, max: 40 }).map((ms) => ms * 1000));
const batches = fc.array(fc.record({ rows: fc.array(fc.tuple(content, time), { maxLength: 20 }), advance: fc.integer({ min: 0, max: 12 }), restarts: fc.boolean() }), { minLength: 1, maxLength: 8 });

it("passes the first row of each key that it has not forgotten, over watermarks, deltas and restarts", () => {
  fc.assert(
    fc.property(fc.constantFrom(...specs), batches, (spec, steps) => {
      let table = createSeenKeys("x/dedup", spec, codec);
      const stored = new Map<string, readonly [Uint8Array, Uint8Array]>();
      const takeChanges = (): void => {
        for (const change of table.state.changes()) {
          const name = Buffer.from(change.key).toString("hex");
          if (change.value === undefined) expect(stored.delete(name)).toBe(true);
          else stored.set(name, [change.key, change.value]);
        }
        expect(table.state.rows).toBe(stored.size);
      };
      const { closing } = spec;
      const open = new Map<string, number>();
      let [late, evict] = [-10, -10];
      for (const { rows, advance, restarts } of steps) {
        [late, evict] = [evict, evict + advance];
        table.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
        for (const [k, t] of rows) {
          const isLate = t !== null && t <= late * 1000;
          expect(table.seen.isLate(t)).toBe(isLate);
          if (isLate) continue;
          const name = text([k, t]);
          expect(table.seen.isFirst([k, t], t)).toBe(!open.has(name));
          const forgottenAt = closing === undefined ? NaN : "within" in closing ? (t ?? 0) + closing.within : (t ?? Infinity);
          if (!open.has(name)) open.set(name, forgottenAt);
        }
        table.state.evict();
        for (const [name, forgottenAt] of open) if (forgottenAt <= evict * 1000) open.delete(name);
        expect(table.state.rows).toBe(open.size);
        takeChanges();
        if (restarts) {
          table = createSeenKeys("x/dedup", spec, codec, 5);
          for (const [bytes, value] of stored.values()) table.state.restore(0, bytes, value);
        }
      }
      table.state.beginBatch({ lateWatermark: evict, evictWatermark: Infinity, timestamp: 0, isRebuilding: false });
      table.state.evict();
      expect(table.state.rows).toBe(closing === undefined ? open.size : 0);
      takeChanges();
    }),
    { numRuns: 150 },
  );
});

it("forgets a window in the key by its end", () => {
  const window = { record: [["start", "timestamp"], ["end", "timestamp"]] } as const;
  const { seen, state } = createSeenKeys("x/dedup", { key: { w: window }, closing: { key: "w" }, underWatermark: true }, codec);
  state.beginBatch({ lateWatermark: 0, evictWatermark: 5, timestamp: 0, isRebuilding: false });
  expect([seen.isFirst([{ start: 0, end: 5000 }]), seen.isFirst([{ end: 5000, start: 0 }]), seen.isFirst([{ start: 0, end: 5001 }])]).toEqual([true, false, true]);
  state.evict();
  expect([state.rows, state.takeCounts().removed]).toEqual([1, 1]);
});

it("gives back a key and takes it up again without a trace, whether or not its entry was stored", () => {
  const { seen, state } = createSeenKeys("x/dedup", { key: { k: "string" }, closing: { within: 0 }, underWatermark: true }, codec);
  const begin = (evictWatermark: number): void => state.beginBatch({ lateWatermark: 0, evictWatermark, timestamp: 0, isRebuilding: false });
  begin(1);
  seen.isFirst(["a"], 1000);
  state.evict();
  expect([...state.changes()]).toEqual([]);
  begin(2);
  seen.isFirst(["a"], 3000);
  state.evict();
  expect([...state.changes()].length).toBe(1);
  begin(4);
  state.evict();
  begin(5);
  seen.isFirst(["a"], 9000);
  expect([...state.changes()].map(({ value }) => value !== undefined)).toEqual([true]);
  begin(10);
  state.evict();
  expect([...state.changes()].map(({ value }) => value !== undefined)).toEqual([false]);
});

it("takes no more memory for keys that come and go", () => {
  const { seen, state } = createSeenKeys("x/dedup", { key: { k: "long" }, closing: { within: 100_000 }, underWatermark: true }, codec);
  let [first, changed] = [0, 0];
  for (let batch = 0; batch < 20_000; batch++) {
    state.beginBatch({ lateWatermark: batch - 1, evictWatermark: batch, timestamp: 0, isRebuilding: false });
    for (const time of [batch, batch + 1]) if (seen.isFirst([batch], time * 1000)) first++;
    state.evict();
    changed += [...state.changes()].length;
  }
  const { updated, removed } = state.takeCounts();
  expect([first, changed, state.rows, state.memoryBytes < 10_000, updated, removed]).toEqual([20_000, 39_900, 100, true, 20_000, 19_900]);
});
