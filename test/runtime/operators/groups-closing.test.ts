import fc from "fast-check";
import { expect, it } from "vitest";
import type { GroupSpec, GroupView, WindowSpec } from "../../../runtime/operators/groups.ts";
import { createGroups, createScratchGroups, type KeptTable } from "../../../runtime/operators/groups-table.ts";
import { collectList, count } from "../../../runtime/operators/lanes/index.ts";
import type { KeptOperator, OperatorBatch } from "../../../runtime/operators/stateful.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const codec = createStateCodec({ partitions: 8, hash: { name: "murmur3-32", seed: 0 } });
const lanes = () => ({ hits: count(), values: collectList("int") });

function batchOf(late: number, evict: number, timestamp: number = 0, isRebuilding: boolean = false): OperatorBatch {
  return { lateWatermark: late, evictWatermark: evict, timestamp, isRebuilding };
}

interface Row {
  readonly time: number;
  readonly key: string;
  readonly value: number;
}

interface Step {
  readonly rows: readonly Row[];
  /** By how much the watermark moves (or the clock). */
  readonly advance: number;
  readonly restart: boolean;
}

/** A state as the store keeps it: a base that deltas are applied to. */
class Stored {
  readonly entries = new Map<string, { readonly key: Uint8Array; readonly value: Uint8Array }>();

  take(state: KeptOperator): void {
    for (const { key, value } of state.changes()) {
      const name = Buffer.from(key).toString("hex");
      if (value !== undefined) this.entries.set(name, { key, value });
      else expect(this.entries.delete(name)).toBe(true);
    }
    const all = Array.from(state.entries(), ({ key, value }) => [Buffer.from(key).toString("hex"), Buffer.from(value ?? []).toString("hex")] as const);
    expect(new Map(all)).toEqual(new Map(Array.from(this.entries, ([name, { value }]) => [name, Buffer.from(value).toString("hex")])));
    expect(all.length).toBe(this.entries.size);
  }

  restore(state: KeptOperator): void {
    for (const { key, value } of this.entries.values()) state.restore(0, key, value);
  }
}

/** Every window of a row, the long way: its start. */
function windowsOf(time: number, { size, slide, offset }: WindowSpec): readonly number[] {
  const starts: number[] = [];
  for (let start = Math.floor((time - offset) / slide) * slide + offset; start > time - size; start -= slide) starts.push(start);
  return starts;
}

type WindowTable = KeptTable<{ readonly key: { readonly k: "string" }; readonly window: WindowSpec; readonly closing: "window end" | "clock"; readonly lanes: typeof lanes }>;

function shown(view: GroupView<{ readonly key: { readonly k: "string" }; readonly lanes: typeof lanes }>): readonly string[] {
  return Array.from(view.slots, (slot) => JSON.stringify([view.windowStart(slot), view.windowEnd(slot), view.keys.k.get(slot), view.lanes.hits.get(slot), [...view.lanes.values.get(slot)].sort((a, b) => a - b)]));
}

/** What the windows of some rows hold, those that end after `after` and by `upTo`. */
function expected(rows: readonly Row[], window: WindowSpec, after: number, upTo: number, touched: readonly Row[] = rows): readonly string[] {
  const names = new Set<string>();
  for (const { time, key } of touched) for (const start of windowsOf(time, window)) if (start + window.size > after && start + window.size <= upTo) names.add(JSON.stringify([start, key]));
  return Array.from(names, (name) => {
    const [start, key] = JSON.parse(name) as readonly [number, string];
    const within = rows.filter((row) => row.key === key && row.time >= start && row.time < start + window.size);
    return JSON.stringify([start, start + window.size, key, within.length, within.map((row) => row.value).sort((a, b) => a - b)]);
  }).sort();
}

/** Panes with keys whose last window ends after `bound`. */
function openPanes(rows: readonly Row[], window: WindowSpec, bound: number): number {
  const panes = rows.flatMap(({ time, key }) => {
    const start = windowsOf(time, window)[0] ?? 0;
    const cut = window.size % window.slide;
    return start + window.size > bound ? [`${start} ${cut > 0 && time >= start + cut} ${key}`] : [];
  });
  return new Set(panes).size;
}

const windows = fc.constantFrom<WindowSpec>(
  { size: 60_000, slide: 60_000, offset: 0 }, { size: 300_000, slide: 60_000, offset: 0 }, { size: 90_000, slide: 60_000, offset: 7 }, { size: 60_000, slide: 60_000, offset: -13 },
  { size: 50_000, slide: 20_000, offset: 3000 }, { size: 61_000, slide: 7000, offset: -1 },
);
/** Many of them at the edges of windows. */
const times = fc.oneof(fc.integer({ min: -200_000, max: 400_000 }), fc.tuple(fc.integer({ min: -20, max: 40 }), fc.constantFrom(-1, 0, 6, 7)).map(([at, by]) => at * 10_000 + by));
const rows = fc.array(fc.record({ time: times, key: fc.constantFrom("a", "b", "c", "dd"), value: fc.integer({ min: 0, max: 99 }) }), { maxLength: 25 });
const steps = fc.array(fc.record({ rows, advance: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120 }), fc.constantFrom(10, 20, 60)), restart: fc.boolean() }), { minLength: 1, maxLength: 12 });

it("windows close once, in order, with what a naive list of windows has, and give their state back", () => {
  fc.assert(
    fc.property(windows, steps, fc.integer({ min: 0, max: 3 }), (window, plan, compactAbove) => {
      const make = (): WindowTable => createGroups("x/aggregate", { key: { k: "string" }, window, closing: "window end", lanes }, codec, 7, compactAbove);
      let table = make();
      const stored = new Stored();
      const accepted: Row[] = [];
      let [late, evict, removed] = [-200, -200, 0];
      const end: Step = { rows: [], advance: Infinity, restart: false };
      for (const step of [...plan, end]) {
        table.state.beginBatch(batchOf(late, evict));
        const reached: Row[] = [];
        let [lateRows, partlyLate] = [0, 0];
        for (const row of step.rows) {
          const ended = windowsOf(row.time, window).map((start) => start + window.size <= late * 1000);
          if (ended.every(Boolean)) lateRows++;
          else if (ended.some(Boolean)) partlyLate++;
          expect(table.groups.isLate(row.time)).toBe(ended.every(Boolean));
          if (ended.every(Boolean)) continue;
          reached.push(row);
          const slot = table.groups.slot(row.time, row.key);
          table.groups.lanes.hits.add(slot);
          table.groups.lanes.values.add(slot, row.value);
        }
        const counts = table.state.takeCounts();
        expect([counts.late, counts.partlyLate]).toEqual([lateRows, partlyLate]);
        const before = openPanes([...accepted, ...reached], window, late * 1000);
        accepted.push(...reached);
        const closed = shown(table.groups.closed());
        const ends = closed.map((text) => (JSON.parse(text) as readonly number[])[1] ?? 0);
        expect(ends).toEqual([...ends].sort((a, b) => a - b));
        expect([...closed].sort()).toEqual(expected(accepted, window, late * 1000, evict * 1000));
        expect([...shown(table.groups.changes())].sort()).toEqual(expected(accepted, window, late * 1000, Infinity, reached));
        expect([...shown(table.groups.snapshot())].sort()).toEqual(expected(accepted, window, late * 1000, Infinity));
        table.state.evict();
        table.state.evict();
        const open = openPanes(accepted, window, evict * 1000);
        expect(table.state.rows).toBe(open);
        removed = table.state.takeCounts().removed;
        expect(removed).toBe(before - open);
        stored.take(table.state);
        if (step.restart) {
          table = make();
          stored.restore(table.state);
          table.state.beginBatch(batchOf(evict, evict, 0, true));
          expect(shown(table.groups.closed())).toEqual([]);
          table.state.touchAll();
          expect([...shown(table.groups.changes())].sort()).toEqual(expected(accepted, window, evict * 1000, Infinity));
          table.state.evict();
        }
        expect([table.state.wantsNoDataBatch(evict, 0), table.state.wantsNoDataBatch(evict + 1, 0)]).toEqual([false, evict !== Infinity]);
        [late, evict] = [evict, evict + step.advance];
      }
    }),
    { numRuns: 300 },
  );
});

it("windows of the clock close when it has passed their end, once, across restarts", () => {
  fc.assert(
    fc.property(windows, steps, fc.integer({ min: 0, max: 3 }), (window, plan, compactAbove) => {
      const make = (): WindowTable => createGroups("x/aggregate", { key: { k: "string" }, window, closing: "clock", lanes }, codec, 7, compactAbove);
      let table = make();
      const stored = new Stored();
      const accepted: Row[] = [];
      let [clock, before] = [1_000_000, -Infinity];
      for (const step of plan) {
        table.state.beginBatch(batchOf(0, 0, clock));
        for (const row of step.rows) {
          expect(table.groups.isLate(clock)).toBe(false);
          const slot = table.groups.slot(clock, row.key);
          table.groups.lanes.hits.add(slot);
          table.groups.lanes.values.add(slot, row.value);
          accepted.push({ ...row, time: clock });
        }
        expect([...shown(table.groups.closed())].sort()).toEqual(expected(accepted, window, before, clock));
        table.state.evict();
        expect(table.state.rows).toBe(openPanes(accepted, window, clock));
        stored.take(table.state);
        if (step.restart) {
          table = make();
          stored.restore(table.state);
        }
        const open = accepted.flatMap(({ time }) => windowsOf(time, window).map((start) => start + window.size)).filter((end) => end > clock);
        const next = open.length === 0 ? undefined : Math.min(...open);
        expect(table.state.dueAt).toBe(next === undefined ? undefined : Math.ceil(next / 1000));
        if (next !== undefined) expect([next / 1000 - 1, Math.ceil(next / 1000)].map((now) => table.state.wantsNoDataBatch(0, now))).toEqual([false, true]);
        [before, clock] = [clock, clock + step.advance * 1000];
      }
    }),
    { numRuns: 200 },
  );
});

const spansOrTimes = fc.oneof(fc.constant(null), fc.integer({ min: -10, max: 60 }));

it.each(["timestamp", "span"] as const)("groups with a %s as key close when the watermark reaches it; null never, but at the end of input", (kind) => {
  const keyRows = fc.array(fc.tuple(spansOrTimes, fc.constantFrom("a", "b")), { maxLength: 25 });
  const keySteps = fc.array(fc.record({ rows: keyRows, advance: fc.integer({ min: 0, max: 15 }), restart: fc.boolean() }), { minLength: 1, maxLength: 12 });
  const timeType = kind === "timestamp" ? "timestamp?" : ({ record: [["start", "timestamp"], ["end", "timestamp"]], nullable: true } as const);
  const keyOf = (time: number | null): unknown => (time === null || kind === "timestamp" ? time : { start: time - 5, end: time });
  fc.assert(
    fc.property(keySteps, fc.integer({ min: 0, max: 3 }), (plan, compactAbove) => {
      const spec = { key: { k: "string", t: timeType }, closing: { key: "t" }, lanes } as const;
      let table = createGroups("x/aggregate", spec, codec, 7, compactAbove);
      const stored = new Stored();
      const open = new Map<string, { readonly time: number; hits: number }>();
      let [late, evict] = [-5, -5];
      for (const step of [...plan, { rows: [], advance: 0, restart: false }]) {
        if (step.rows.length === 0 && step === plan.at(-1)) evict = Infinity;
        table.state.beginBatch(batchOf(late, evict));
        for (const [milliseconds, key] of step.rows) {
          const time = milliseconds === null ? null : milliseconds * 1000;
          expect(table.groups.isLate(time)).toBe(time !== null && time <= late * 1000);
          if (time !== null && time <= late * 1000) continue;
          table.groups.lanes.hits.add(table.groups.slot(key, keyOf(time)));
          const name = JSON.stringify([keyOf(time), key]);
          const group = open.get(name) ?? { time: time ?? Infinity, hits: 0 };
          open.set(name, { ...group, hits: group.hits + 1 });
        }
        const view = table.groups.closed();
        const closed = Array.from(view.slots, (slot) => [JSON.stringify([view.keys.t.get(slot), view.keys.k.get(slot)]), view.lanes.hits.get(slot)] as const);
        const due = [...open].filter(([, { time }]) => time <= evict * 1000);
        expect(new Map(closed)).toEqual(new Map(due.map(([name, { hits }]) => [name, hits])));
        expect(closed.length).toBe(due.length);
        const times = closed.map(([name]) => open.get(name)?.time ?? NaN);
        expect(times).toEqual([...times].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
        table.state.evict();
        for (const [name] of due) open.delete(name);
        expect([table.state.rows, table.state.takeCounts().removed]).toEqual([open.size, due.length]);
        stored.take(table.state);
        if (step.restart) {
          table = createGroups("x/aggregate", spec, codec, 9, compactAbove);
          stored.restore(table.state);
        }
        if (evict === Infinity) break;
        [late, evict] = [evict, evict + step.advance];
      }
    }),
    { numRuns: 200 },
  );
});

it("a window that the result has is marked until it is closed, and its mark goes with it", () => {
  const table = createGroups("x/aggregate", { key: { k: "string" }, window: { size: 50, slide: 20, offset: 0 }, closing: "window end", lanes }, codec);
  table.state.beginBatch(batchOf(0, 0));
  table.groups.lanes.hits.add(table.groups.slot(45, "a"));
  const view = table.groups.changes();
  expect(Array.from(view.slots, (slot) => [view.windowStart(slot), view.mark(slot, view.windowStart(slot) !== 20)])).toEqual([[40, "+I"], [20, undefined], [0, "+I"]]);
  expect([...table.state.changes()].length).toBe(2);
  table.state.beginBatch(batchOf(0, 0.06));
  table.state.evict();
  expect(table.state.rows).toBe(1);
  expect(Array.from(table.state.changes(), ({ value }) => value)).toEqual([undefined]);
});

it("a table that nothing closes shows all as closed at the end of input only, and counts no row as late", () => {
  const table = createGroups("x/aggregate", { key: { k: "string" }, underWatermark: true, lanes }, codec);
  table.state.beginBatch(batchOf(5000, 6000));
  expect(table.groups.isLate(0)).toBe(false);
  table.groups.slot("a");
  expect([...table.groups.closed().slots]).toEqual([]);
  expect([table.state.wantsNoDataBatch(6000, 0), table.state.wantsNoDataBatch(6001, 0), table.state.dueAt]).toEqual([false, true, undefined]);
  table.state.beginBatch(batchOf(6000, Infinity));
  expect([...table.groups.closed().slots]).toEqual([0]);
  table.state.evict();
  expect(table.state.rows).toBe(1);
  const scratch = createScratchGroups({ key: { k: "string" }, lanes });
  scratch.slot("a");
  expect([...scratch.closed().slots]).toEqual([0]);
  expect(scratch.isLate(-1)).toBe(false);
});

it("a group that came and went within a batch is never stored", () => {
  const table = createGroups("x/aggregate", { key: { k: "string" }, window: { size: 10_000, slide: 10_000, offset: 0 }, closing: "window end", lanes }, codec);
  table.state.beginBatch(batchOf(0, 20));
  table.groups.lanes.hits.add(table.groups.slot(5000, "a"));
  expect([...table.groups.closed().slots]).toEqual([0]);
  table.state.evict();
  expect([...table.state.changes()]).toEqual([]);
  expect([table.state.rows, table.state.memoryBytes]).toEqual([0, 0]);
});

it("windows of any size are found without counting through time", () => {
  const hour = 3_600_000_000;
  const table = createGroups("x/aggregate", { key: {}, window: { size: hour, slide: 7 * 60_000_000 + 1, offset: 0 }, closing: "window end", lanes }, codec);
  table.state.beginBatch(batchOf(0, 10 * 3_600_000));
  for (let minute = 0; minute < 300; minute++) table.groups.lanes.hits.add(table.groups.slot(minute * 60_000_000));
  const view = table.groups.closed();
  const counted = Array.from(view.slots, (slot) => view.lanes.hits.get(slot));
  expect(counted.length).toBe(51);
  expect(counted.reduce((sum, hits) => sum + hits, 0)).toBe(Array.from({ length: 300 }, (_, minute) => windowsOf(minute * 60_000_000, { size: hour, slide: 7 * 60_000_000 + 1, offset: 0 }).filter((start) => start + hour > 0).length).reduce((a, b) => a + b, 0));
});

it("a table stays as small as its open windows over ever new keys and windows", () => {
  const spec = { key: { k: "string", n: "long" }, window: { size: 2000, slide: 1000, offset: 0 }, closing: "window end", lanes } as const satisfies GroupSpec;
  const table = createGroups("x/aggregate", spec, codec);
  let [mostSlots, closed, stored] = [0, 0, 0];
  for (let batch = 0; batch < 20_000; batch++) {
    table.state.beginBatch(batchOf(batch - 2, batch - 1));
    for (let row = 0; row < 3; row++) {
      const slot = table.groups.slot(batch * 1000, `key ${batch} ${row}`, batch);
      mostSlots = Math.max(mostSlots, slot);
      table.groups.lanes.hits.add(slot);
      table.groups.lanes.values.add(slot, row);
    }
    const view = table.groups.closed();
    for (const slot of view.slots) closed += view.lanes.hits.get(slot);
    table.state.evict();
    for (const { value } of table.state.changes()) stored += value === undefined ? -1 : 1;
  }
  expect(closed).toBeGreaterThan(119_000);
  expect(mostSlots).toBeLessThan(1100);
  expect(table.state.rows).toBeLessThan(12);
  expect(stored).toBeLessThan(60_000);
});
