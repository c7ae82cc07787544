import fc from "fast-check";
import { expect, it } from "vitest";
import { collectList, count, maxBy } from "../../../runtime/operators/lanes/index.ts";
import type { GroupView } from "../../../runtime/operators/groups.ts";
import type { SessionSpec } from "../../../runtime/operators/sessions.ts";
import { createScratchSessions, createSessions } from "../../../runtime/operators/sessions-table.ts";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const lanes = () => ({ rows: count(), ids: collectList("int"), latest: maxBy("int", "timestamp") });
const spec = { key: { k: "string?", n: "double" }, closing: "window end", lanes } as const;

interface Row {
  readonly id: number;
  readonly key: readonly [string | null, number];
  readonly time: number;
  readonly gap: number;
}

/** A session the long way: its rows, whatever else is known of them. */
interface Span {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly ids: readonly number[];
}

/** Puts spans of one key that touch together, until none do. */
function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((left, right) => left.start - right.start)) {
    const last = result.at(-1);
    if (last === undefined || last.key !== span.key || span.start > last.end) result.push(span);
    else result.splice(-1, 1, { ...last, end: Math.max(last.end, span.end), ids: [...last.ids, ...span.ids] });
  }
  return result;
}

function sessionsOf(spans: readonly Span[]): readonly Span[] {
  return [...new Set(spans.map(({ key }) => key))].flatMap((key) => joined(spans.filter((span) => span.key === key)));
}

const keyText = (values: readonly unknown[]): string => JSON.stringify(values.map((value) => (Number.isNaN(value) ? "NaN" : value)));
const texts = (spans: readonly Span[]): readonly string[] => spans.map(({ key, start, end, ids }) => JSON.stringify([key, start, end, [...ids].sort((left, right) => left - right)])).sort();

function shown<Spec extends SessionSpec & { readonly lanes: typeof lanes }>(view: GroupView<Spec>): readonly Span[] {
  const columns = Object.values<{ get(slot: number): unknown }>(view.keys);
  const { rows, ids } = view.lanes as ReturnType<typeof lanes>;
  return Array.from(view.slots, (slot) => {
    expect(ids.get(slot).length).toBe(rows.get(slot));
    return { key: keyText(columns.map((column) => column.get(slot))), start: view.windowStart(slot), end: view.windowEnd(slot), ids: ids.get(slot) };
  });
}

const key = fc.tuple(fc.constantFrom("a", "b", null), fc.constantFrom(0, -0, NaN));
const rowsOfBatch = fc.array(fc.record({ key, time: fc.integer({ min: -40, max: 120 }).map((ms) => ms * 1000), gap: fc.constantFrom(1, 1000, 3000, 20_000) }), { maxLength: 25 });
const batches = fc.array(fc.record({ rows: rowsOfBatch, advance: fc.integer({ min: 0, max: 40 }), restarts: fc.boolean(), order: fc.infiniteStream(fc.nat()) }), { minLength: 1, maxLength: 8 });

/** The state that a store holds, kept by deltas. */
class Stored {
  readonly entries = new Map<string, readonly [Uint8Array, Uint8Array]>();

  take(state: KeptOperator): void {
    for (const change of state.changes()) {
      const name = Buffer.from(change.key).toString("hex");
      if (change.value === undefined) expect(this.entries.delete(name)).toBe(true);
      else this.entries.set(name, [change.key, change.value]);
    }
    expect(new Set([...state.entries()].map(({ key: bytes }) => Buffer.from(bytes).toString("hex")))).toEqual(new Set(this.entries.keys()));
  }
}

it("holds what merging all spans of a key that touch gives, over watermarks, deltas and restarts, in any order of a batch's rows", () => {
  fc.assert(
    fc.property(batches, (steps) => {
      let table = createSessions("x/aggregate", spec, codec);
      const stored = new Stored();
      let open: readonly Span[] = [];
      let [late, evict, id] = [-50, -50, 0];
      for (const { rows, advance, restarts, order } of steps) {
        [late, evict] = [evict, evict + advance];
        table.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
        const numbered = rows.map((row) => ({ ...row, id: id++ }) satisfies Row);
        const draws = order[Symbol.iterator]();
        const shuffled = numbered.map((row) => ({ row, rank: Number(draws.next().value) })).sort((left, right) => left.rank - right.rank).map(({ row }) => row);
        let lateRows = 0;
        for (const row of shuffled) {
          const isLate = row.time + row.gap <= late * 1000;
          expect(table.sessions.isLate(row.time, row.gap)).toBe(isLate);
          if (isLate) {
            lateRows++;
            continue;
          }
          const slot = table.sessions.slot(row.time, row.gap, ...row.key);
          table.sessions.lanes.rows.add(slot);
          table.sessions.lanes.ids.add(slot, row.id);
          table.sessions.lanes.latest.add(slot, row.id, row.time);
          open = [...open, { key: keyText(row.key.map((value) => (value === 0 ? 0 : value))), start: row.time, end: row.time + row.gap, ids: [row.id] }];
        }
        open = sessionsOf(open);
        expect(texts(shown(table.sessions.snapshot()))).toEqual(texts(open));
        const closed = shown(table.sessions.closed());
        expect(texts(closed)).toEqual(texts(open.filter(({ end }) => end <= evict * 1000)));
        expect(closed.map(({ start, end }) => [end, start])).toEqual([...closed].sort((left, right) => left.end - right.end || left.start - right.start).map(({ start, end }) => [end, start]));
        table.state.evict();
        open = open.filter(({ end }) => end > evict * 1000);
        expect(texts(shown(table.sessions.snapshot()))).toEqual(texts(open));
        expect([table.state.rows, table.state.takeCounts().late]).toEqual([open.length, lateRows]);
        stored.take(table.state);
        if (restarts) {
          table = createSessions("x/aggregate", spec, codec, 77);
          for (const [bytes, value] of stored.entries.values()) table.state.restore(0, bytes, value);
          table.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: true });
          expect([...table.sessions.closed().slots]).toEqual([]);
        }
      }
      table.state.beginBatch({ lateWatermark: evict, evictWatermark: Infinity, timestamp: 0, isRebuilding: false });
      expect(texts(shown(table.sessions.closed()))).toEqual(texts(open));
      table.state.evict();
      stored.take(table.state);
      expect([table.state.rows, stored.entries.size]).toEqual([0, 0]);
    }),
    { numRuns: 120 },
  );
});

it("keeps thousands of sessions of one key in order, and bridges many at once", () => {
  const table = createScratchSessions({ key: {}, lanes });
  const order = Array.from({ length: 5000 }, (_, index) => (index * 2741) % 5000);
  for (const index of order) table.lanes.rows.add(table.slot(index * 100, 50));
  expect(shownSpans(table.closed())).toEqual(Array.from({ length: 5000 }, (_, index) => [index * 100, index * 100 + 50, 1]));
  table.lanes.rows.add(table.slot(50_000, 300_025));
  const spans = shownSpans(table.closed());
  expect([spans.length, spans[500]]).toEqual([2000, [50_000, 350_050, 3002]]);
  table.clear();
  expect([...table.snapshot().slots]).toEqual([]);
  table.lanes.rows.add(table.slot(5, 1));
  expect(shownSpans(table.snapshot())).toEqual([[5, 6, 1]]);
});

function shownSpans<Spec extends SessionSpec & { readonly lanes: typeof lanes }>(view: GroupView<Spec>): readonly (readonly number[])[] {
  const { rows } = view.lanes as ReturnType<typeof lanes>;
  return Array.from(view.slots, (slot) => [view.windowStart(slot), view.windowEnd(slot), rows.get(slot)]).sort((left, right) => (left[0] ?? 0) - (right[0] ?? 0));
}

it("takes no more slots and memory for keys that come and go", () => {
  const { sessions, state } = createSessions("x/aggregate", { key: { k: "string" }, closing: "window end", lanes }, codec);
  let [most, closed, changed] = [0, 0, 0];
  for (let batch = 0; batch < 20_000; batch++) {
    state.beginBatch({ lateWatermark: batch - 10, evictWatermark: batch, timestamp: 0, isRebuilding: false });
    for (const part of ["a", "b"]) {
      const slot = sessions.slot(batch * 1000, 5000, `${part}${batch}`);
      most = Math.max(most, slot);
      sessions.lanes.rows.add(slot);
    }
    closed += [...sessions.closed().slots].length;
    state.evict();
    changed += [...state.changes()].length;
  }
  expect([most < 20, closed, changed, state.rows, state.memoryBytes < 5000]).toEqual([true, 39_990, 79_990, 10, true]);
});
