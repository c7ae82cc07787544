import fc from "fast-check";
import { expect, it } from "vitest";
import type { Change, Weight } from "../../../runtime/changelog/change.ts";
import type { ChangingRows } from "../../../runtime/changelog/changing-rows.ts";
import type { TypeDescriptor } from "../../../runtime/formats/type-descriptor.ts";
import type { Closing, Groups, GroupView, WindowSpec } from "../../../runtime/operators/groups.ts";
import { createGroupRows, createGroups, createScratchGroups } from "../../../runtime/operators/groups-table.ts";
import { changingSumLong, count, maxNumber, retractable } from "../../../runtime/operators/lanes/index.ts";
import type { KeptOperator, OperatorBatch } from "../../../runtime/operators/stateful.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const codec = createStateCodec({ partitions: 8, hash: { name: "murmur3-32", seed: 0 } });
const lanes = () => ({ hits: count(), total: changingSumLong(), largest: retractable(maxNumber(), "int") });

interface Row {
  readonly time: number;
  readonly key: readonly unknown[];
  readonly value: number;
}

interface Shape {
  readonly name: string;
  readonly key: Readonly<Record<string, TypeDescriptor>>;
  readonly window?: WindowSpec;
  readonly closing?: Closing;
}

interface Step {
  readonly changes: readonly ({ readonly add: Row } | { readonly take: number })[];
  /** By how much the watermark moves, in milliseconds. */
  readonly advance: number;
  readonly restart: boolean;
}

interface Spec {
  readonly key: Readonly<Record<string, TypeDescriptor>>;
  readonly window?: WindowSpec;
  readonly closing?: Closing;
  readonly counted: true;
  readonly lanes: typeof lanes;
}

/** A group as its row is given: window, key, and what the lanes give. */
interface GroupRow {
  readonly group: string;
  readonly hits: number;
  readonly total: number | bigint | null;
  readonly largest: number | null;
}

const columns = { group: "string", hits: "int", total: "long?", largest: "int?" } as const;
const keys: Readonly<Record<"none" | "one" | "many", Readonly<Record<string, TypeDescriptor>>>> = { none: {}, one: { a: "string?" }, many: { a: "string?", b: "int" } };
const windows: Readonly<Record<string, WindowSpec>> = {
  tumbling: { size: 10_000, slide: 10_000, offset: 0 },
  sliding: { size: 15_000, slide: 5000, offset: 1000 },
  "unevenly sliding": { size: 10_000, slide: 4000, offset: 0 },
};
const shapes: readonly Shape[] = Object.entries(keys).flatMap(([keyed, key]) => [
  { name: `${keyed} key`, key },
  ...Object.entries(windows).flatMap(([slides, window]): readonly Shape[] => [
    { name: `${keyed} key, ${slides} windows`, key, window },
    { name: `${keyed} key, ${slides} windows that close`, key, window, closing: "window end" },
  ]),
]);

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
}

class Table {
  readonly groups: Groups<Spec>;
  readonly state: KeptOperator;
  readonly rows: ChangingRows<Change<GroupRow>>;

  constructor({ key, window, closing }: Shape) {
    const spec: Spec = { key, ...(window === undefined ? {} : { window }), ...(closing === undefined ? {} : { closing }), counted: true, lanes };
    const { groups, state } = createGroups("changing", spec, codec, 7, 2);
    this.groups = groups;
    this.state = state;
    this.rows = createGroupRows(groups, columns, (view, slot) => rowOf(view, slot, window !== undefined));
  }
}

function rowOf(view: GroupView<Spec>, slot: number, isWindowed: boolean): GroupRow {
  const span = isWindowed ? [view.windowStart(slot), view.windowEnd(slot)] : [];
  const key = Object.values(view.keys).map((column: { get(slot: number): unknown }) => column.get(slot));
  const { hits, total, largest } = view.lanes;
  return { group: JSON.stringify([...span, ...key]), hits: hits.get(slot), total: total.get(slot), largest: largest.settled(slot).get(slot) };
}

function windowsOf(time: number, { size, slide, offset }: WindowSpec): readonly number[] {
  const starts: number[] = [];
  for (let start = Math.floor((time - offset) / slide) * slide + offset; start > time - size; start -= slide) starts.push(start);
  return starts;
}

/** The groups of some rows, those windows that end after `after`. */
function expected(rows: readonly Row[], { key, window }: Shape, after: number): ReadonlyMap<string, GroupRow> {
  const byGroup = new Map<string, number[]>();
  if (window === undefined && Object.keys(key).length === 0) byGroup.set("[]", []);
  for (const row of rows) {
    const spans = window === undefined ? [[]] : windowsOf(row.time, window).flatMap((start) => (start + window.size > after ? [[start, start + window.size]] : []));
    for (const span of spans) {
      const name = JSON.stringify([...span, ...row.key]);
      byGroup.set(name, [...(byGroup.get(name) ?? []), row.value]);
    }
  }
  return new Map(Array.from(byGroup, ([group, values]) => [group, { group, hits: values.length, total: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0), largest: values.length === 0 ? null : Math.max(...values) }] as const));
}

function isClosed(group: string, after: number): boolean {
  const [, end] = JSON.parse(group) as readonly unknown[];
  return typeof end === "number" && end <= after;
}

function byName(rows: Iterable<GroupRow>): readonly GroupRow[] {
  return [...rows].sort((a, b) => (a.group < b.group ? -1 : 1));
}

const rowOfKey = (key: Readonly<Record<string, TypeDescriptor>>): fc.Arbitrary<Row> =>
  fc.record({
    time: fc.integer({ min: -10, max: 60 }).map((at) => at * 1000),
    key: fc.tuple(...Object.keys(key).map((name) => (name === "a" ? fc.constantFrom(null, "x", "y") : fc.constantFrom(1, 2)))),
    value: fc.integer({ min: -2, max: 2 }),
  });

const stepsOf = (key: Readonly<Record<string, TypeDescriptor>>): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.record({
      changes: fc.array(fc.oneof(rowOfKey(key).map((add) => ({ add })), fc.nat({ max: 999 }).map((take) => ({ take }))), { maxLength: 12 }),
      advance: fc.nat({ max: 8 }),
      restart: fc.boolean(),
    }),
    { maxLength: 8 },
  );

/** A result that is told of by changes. */
class Result {
  readonly rows = new Map<string, GroupRow>();

  apply(changes: Iterable<Change<GroupRow>>): void {
    for (const { row, weight } of changes) {
      if (weight < 0) {
        expect(row).toEqual(this.rows.get(row.group));
        this.rows.delete(row.group);
      } else {
        expect(this.rows.has(row.group)).toBe(false);
        this.rows.set(row.group, row);
      }
    }
  }

  close(after: number): void {
    for (const group of [...this.rows.keys()]) if (isClosed(group, after)) this.rows.delete(group);
  }
}

it.each(shapes)("groups that count their rows, with $name, change as the rows that are left say, across restarts", (shape) => {
  const closes = shape.closing !== undefined;
  fc.assert(
    fc.property(stepsOf(shape.key), (steps) => {
      const stored = new Stored();
      let table = new Table(shape);
      let watermark = 0;
      let late = -Infinity;
      const rows: Row[] = [];
      const result = new Result();
      const marked = new Set<string>();
      for (const { changes, advance, restart } of steps) {
        const batch: OperatorBatch = { lateWatermark: late, evictWatermark: watermark, timestamp: 0, isRebuilding: false };
        const after = closes ? late * 1000 : -Infinity;
        table.state.beginBatch(batch);
        const change = (weight: Weight, { time, key, value }: Row): boolean => {
          if (closes && table.groups.isLate(time)) return false;
          const slot = shape.window === undefined ? table.groups.slotOfChange(weight, ...key) : table.groups.slotOfChange(weight, time, ...key);
          table.groups.lanes.hits.change(slot, weight);
          table.groups.lanes.total.change(slot, weight, value);
          table.groups.lanes.largest.change(slot, weight, value);
          return true;
        };
        for (const step of changes) {
          if ("add" in step) {
            if (change(1, step.add)) rows.push(step.add);
          } else if (rows.length > 0) {
            const at = step.take % rows.length;
            const [row] = rows.splice(at, 1);
            if (row !== undefined) change(-1, row);
          }
        }
        const now = expected(rows, shape, after);
        result.close(after);
        const given = [...table.rows.changes()];
        expect(table.rows.changes()).toEqual(given);
        expect([...table.rows.shown()]).toEqual(given);
        for (const [at, { row, weight }] of given.entries()) if (weight > 0 && given[at - 1]?.row.group === row.group) expect(given[at - 1]?.row).not.toEqual(row);
        result.apply(given);
        expect(byName(result.rows.values())).toEqual(byName(now.values()));

        for (const group of [...marked]) if (isClosed(group, after)) marked.delete(group);
        const view = table.groups.changes();
        for (const slot of view.slots) {
          const row = rowOf(view, slot, shape.window !== undefined);
          expect(view.isThere(slot)).toBe(now.has(row.group));
          const present = view.isThere(slot) && row.hits % 2 === 0;
          expect(view.mark(slot, present)).toBe(present ? (marked.has(row.group) ? "+U" : "+I") : marked.has(row.group) ? "-D" : undefined);
          if (present) marked.add(row.group);
          else marked.delete(row.group);
        }
        expect([...marked].sort()).toEqual([...now.values()].flatMap(({ group, hits }) => (hits % 2 === 0 ? [group] : [])).sort());
        const snapshot = table.groups.snapshot();
        expect(byName(Array.from(snapshot.slots, (slot) => rowOf(snapshot, slot, shape.window !== undefined)))).toEqual(byName(now.values()));
        if (closes) {
          const closed = table.groups.closed();
          expect(byName(Array.from(closed.slots, (slot) => rowOf(closed, slot, shape.window !== undefined)))).toEqual(byName([...now.values()].filter(({ group }) => isClosed(group, watermark * 1000))));
        }
        table.state.evict();
        stored.take(table.state);
        // A window's last row and mark may need an entry of their own.
        if (shape.window === undefined || shape.name.includes("tumbling")) expect(table.state.rows).toBe([...now.keys()].filter((group) => !closes || !isClosed(group, watermark * 1000)).length);
        if (restart) {
          table = new Table(shape);
          for (const { key, value } of stored.entries.values()) table.state.restore(0, key, value);
          table.state.beginBatch({ ...batch, isRebuilding: true });
          table.state.touchAll();
          expect([...table.rows.changes()]).toEqual([]);
          const shown = [...table.rows.shown()];
          expect(shown.every(({ weight }) => weight === 1)).toBe(true);
          expect(byName(shown.map(({ row }) => row))).toEqual(byName([...result.rows.values()].filter(({ group }) => !closes || !isClosed(group, watermark * 1000))));
        }
        late = watermark;
        watermark += advance;
      }
      // With its last row everything is gone.
      table.state.beginBatch({ lateWatermark: late, evictWatermark: watermark, timestamp: 0, isRebuilding: false });
      for (const { time, key, value } of rows) {
        if (closes && table.groups.isLate(time)) continue;
        const slot = shape.window === undefined ? table.groups.slotOfChange(-1, ...key) : table.groups.slotOfChange(-1, time, ...key);
        table.groups.lanes.hits.change(slot, -1);
        table.groups.lanes.total.change(slot, -1, value);
        table.groups.lanes.largest.change(slot, -1, value);
      }
      result.close(closes ? late * 1000 : -Infinity);
      result.apply(table.rows.changes());
      const isOne = shape.window === undefined && Object.keys(shape.key).length === 0;
      expect(result.rows.size).toBe(isOne ? 1 : 0);
      const view = table.groups.changes();
      for (const slot of view.slots) view.mark(slot, false);
      table.state.evict();
      stored.take(table.state);
      if (!closes) expect(table.state.rows).toBe(isOne ? 1 : 0);
    }),
    { numRuns: 40 },
  );
});

it("leaves nothing of a group that comes and goes within a batch", () => {
  const { groups, state } = createGroups("changing", { key: { a: "string" }, counted: true, lanes }, codec);
  const rows = createGroupRows(groups, { a: "string", hits: "long" }, (view, slot) => ({ a: String(view.keys.a.get(slot)), hits: view.lanes.hits.get(slot) }));
  for (let batch = 0; batch < 3; batch++) {
    state.beginBatch({ lateWatermark: -Infinity, evictWatermark: 0, timestamp: 0, isRebuilding: false });
    for (const weight of [1, -1] as const) groups.lanes.hits.change(groups.slotOfChange(weight, "x"), weight);
    expect([...rows.changes()]).toEqual([]);
    state.evict();
    expect([...state.changes()]).toEqual([]);
    expect(state.rows).toBe(0);
  }
});

it.each([true, false])("takes no more room for ever new groups that lose their rows than for those of two batches, where deltas are taken (%s)", (areTaken) => {
  const { groups, state } = createGroups("changing", { key: { a: "int" }, window: { size: 10, slide: 5, offset: 0 }, counted: true, lanes }, codec, 7, 64);
  let most = 0;
  for (let batch = 0; batch < 2000; batch++) {
    state.beginBatch({ lateWatermark: -Infinity, evictWatermark: 0, timestamp: 0, isRebuilding: false });
    for (const [weight, from] of [[1, batch], [-1, batch - 1]] as const) {
      for (let key = 0; key < 5 && from >= 0; key++) most = Math.max(most, groups.slotOfChange(weight, from, from * 5 + key));
    }
    state.evict();
    if (areTaken) for (const _ of state.changes()) continue;
    expect(state.rows).toBe(5);
  }
  expect(most).toBeLessThan(200);
});

it("refuses to take back a row that is not there, and to count rows of a table that does not", () => {
  const groups = createScratchGroups({ key: { a: "string" }, counted: true, lanes });
  groups.slotOfChange(1, "x");
  expect(() => groups.slotOfChange(-1, "y")).toThrow("more often than it was given");
  expect(() => createScratchGroups({ key: { a: "string" }, lanes }).slotOfChange(1, "x")).toThrow("does not count");
});

it("gives the changes of groups that only grow, NaN being as it was", () => {
  const { groups, state } = createGroups("growing", { key: { a: "double" }, lanes: () => ({ hits: count() }) }, codec);
  const rows = createGroupRows(groups, { a: "double", isOdd: "boolean" }, (view, slot) => ({ a: Number(view.keys.a.get(slot)), isOdd: view.lanes.hits.get(slot) % 2 === 1 }));
  const add = (...keys: readonly number[]): readonly Change<unknown>[] => {
    state.beginBatch({ lateWatermark: -Infinity, evictWatermark: 0, timestamp: 0, isRebuilding: false });
    for (const key of keys) groups.lanes.hits.add(groups.slot(key));
    return [...rows.changes()];
  };
  expect(add(NaN, 1)).toEqual([{ row: { a: NaN, isOdd: true }, weight: 1 }, { row: { a: 1, isOdd: true }, weight: 1 }]);
  expect(add(NaN, NaN, 1)).toEqual([{ row: { a: 1, isOdd: true }, weight: -1 }, { row: { a: 1, isOdd: false }, weight: 1 }]);
});
