import fc from "fast-check";
import { expect, it } from "vitest";
import { createChangingJoin } from "../../../runtime/operators/changing-join-table.ts";
import type { ChangingJoin, JoinedChange } from "../../../runtime/operators/changing-join.ts";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import type { StreamJoinKind, StreamJoinSpec } from "../../../runtime/operators/stream-join.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

interface Row {
  readonly v: number | null;
  readonly t: number | null;
  /** Tells rows of different keys apart. */
  readonly k: string;
}

type Spec = StreamJoinSpec<Row, Row>;
type Join = ChangingJoin<Row, Row>;
type Made = { readonly join: Join; readonly state: KeptOperator };
type Side = "left" | "right";
type Key = readonly [string | null, number | null];

/** A row of the model: what it holds is what was given and not taken back. */
interface Held {
  readonly key: Key;
  readonly row: Row;
  readonly meets: boolean;
}

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const columns = { v: "double?", t: "timestamp?", k: "string" } as const;
const kinds: readonly StreamJoinKind[] = ["inner", "left", "right", "full", "semi", "anti"];
const ms = 1000;

const rowText = (row: Row | null): string => (row === null ? "-" : `${row.v}@${row.t}${row.k}`);
const changeText = ({ left, right }: JoinedChange<Row, Row>): string => `${rowText(left)} ${rowText(right)}`;
const keyText = (key: Key): string => key.map((value) => (typeof value === "number" ? `${value + 0}` : `${value}`)).join("|");

/** A result as it was told, change by change: how often it has each row. */
class Told {
  readonly rows = new Map<string, number>();

  /** Takes the changes of a batch, none of which may undo another. */
  take(changes: Iterable<JoinedChange<Row, Row>>): readonly string[] {
    const net = new Map<string, number>();
    const texts: string[] = [];
    let last = -1;
    for (const change of changes) {
      const text = changeText(change);
      expect(change.weight).toBeGreaterThanOrEqual(last);
      last = change.weight;
      expect(Math.sign(net.get(text) ?? change.weight)).toBe(change.weight);
      net.set(text, (net.get(text) ?? 0) + change.weight);
      texts.push(`${change.weight > 0 ? "+" : "-"} ${text}`);
    }
    for (const [text, more] of net) {
      const count = (this.rows.get(text) ?? 0) + more;
      expect(count).toBeGreaterThanOrEqual(0);
      if (count === 0) this.rows.delete(text);
      else this.rows.set(text, count);
    }
    return texts;
  }

  get sorted(): readonly string[] {
    return [...this.rows].flatMap(([text, count]) => Array.from({ length: count }, () => text)).sort();
  }
}

/** The join of what two sides hold. */
function batchJoin({ kind, nullSafe = [], residual, key }: Spec, lefts: readonly Held[], rights: readonly Held[]): readonly string[] {
  const width = Object.keys(key).length;
  const matches = (left: Held, right: Held): boolean => {
    if (!left.meets || !right.meets) return false;
    for (let at = 0; at < width; at++) {
      const value = left.key[at];
      if (value === null && nullSafe[at] !== true) return false;
      if (!Object.is(typeof value === "number" ? value + 0 : value, typeof right.key[at] === "number" ? Number(right.key[at]) + 0 : right.key[at])) return false;
    }
    return residual?.(left.row, right.row) !== false;
  };
  const text = (left: Held | undefined, right: Held | undefined): string => `${rowText(left?.row ?? null)} ${rowText(right?.row ?? null)}`;
  const pairs = lefts.flatMap((left) => rights.filter((right) => matches(left, right)).map((right) => text(left, right)));
  const leftMatched = lefts.filter((left) => rights.some((right) => matches(left, right))).map((left) => text(left, undefined));
  const leftAlone = lefts.filter((left) => !rights.some((right) => matches(left, right))).map((left) => text(left, undefined));
  const rightAlone = rights.filter((right) => !lefts.some((left) => matches(left, right))).map((right) => text(undefined, right));
  const all: Readonly<Record<StreamJoinKind, readonly string[]>> = {
    inner: pairs, left: [...pairs, ...leftAlone], right: [...pairs, ...rightAlone], full: [...pairs, ...leftAlone, ...rightAlone], semi: leftMatched, anti: leftAlone,
  };
  return all[kind].toSorted();
}

/** The entries that a store holds, kept by deltas. */
class Stored {
  readonly entries = new Map<string, readonly [Uint8Array, Uint8Array]>();

  take(state: KeptOperator): void {
    for (const { key, value } of state.changes()) {
      const name = Buffer.from(key).toString("hex");
      if (value === undefined) expect(this.entries.delete(name)).toBe(true);
      else this.entries.set(name, [key, value]);
    }
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
    const all = Array.from(state.entries(), ({ key, value }) => [text(key), text(value ?? new Uint8Array())] as const);
    expect(new Map(all)).toEqual(new Map(Array.from(this.entries, ([name, [, value]]) => [name, text(value)])));
    expect(all.length).toBe(state.rows);
  }

  restored(spec: Spec, watermark: number = 0): Made {
    const made = createChangingJoin("x/join", spec, codec, 99);
    for (const [key, value] of [...this.entries.values()].reverse()) made.state.restore(0, key, value);
    begin(made.state, watermark, true);
    return made;
  }
}

function begin(state: KeptOperator, evictWatermark: number = -Infinity, isRebuilding: boolean = false): void {
  state.beginBatch({ lateWatermark: -Infinity, evictWatermark, timestamp: 0, isRebuilding });
}

function change(join: Join, side: Side, weight: 1 | -1, { key, row, meets }: Held, width: number): void {
  const own = key.slice(0, width);
  // A row that is taken back is another object than the one that was given.
  if (side === "left") join.changeLeft(weight, own, { ...row }, meets);
  else join.changeRight(weight, own, { ...row }, meets);
}

const side = fc.constantFrom("left" as const, "right" as const);
const held = fc.record({
  key: fc.tuple(fc.constantFrom("a", "b", null), fc.constantFrom(0, -0, NaN, null)),
  row: fc.record({ v: fc.constantFrom(0, 1, 2, NaN, null), t: fc.constantFrom(0, ms, null) }),
  meets: fc.integer({ min: 0, max: 6 }).map((draw) => draw > 0),
}).map(({ key, row, meets }): Held => ({ key, row: { ...row, k: ` of ${keyText(key)} ${meets}` }, meets }));
/** `at`: which of the rows that are there is taken back. */
const step = fc.oneof({ arbitrary: fc.record({ side, add: held }), weight: 3 }, { arbitrary: fc.record({ side, at: fc.nat() }), weight: 2 });
const batches = fc.array(fc.record({ steps: fc.array(step, { maxLength: 25 }), table: fc.option(fc.array(held, { maxLength: 8 }), { freq: 2 }), restarts: fc.boolean(), isRead: fc.boolean() }), { minLength: 1, maxLength: 8 });
const anySpec = fc.record({ kind: fc.constantFrom(...kinds), nullSafe: fc.constantFrom([false, false], [true, false], [true, true]), width: fc.constantFrom(2, 2, 2, 1, 0), hasResidual: fc.boolean() }).map(({ kind, nullSafe, width, hasResidual }): Spec => ({
  kind,
  nullSafe: nullSafe.slice(0, width),
  key: Object.fromEntries(Object.entries({ k: "string?", d: "double?" } as const).slice(0, width)),
  left: { columns },
  right: { columns },
  ...(hasResidual ? { residual: (left: Row, right: Row) => (left.v ?? 1) <= (right.v ?? 1) } : {}),
}));

it("tells, change by change, what a join of all that both sides hold gives after every batch, over restarts", () => {
  fc.assert(
    fc.property(anySpec, fc.boolean(), batches, (spec, isTable, steps) => {
      const width = Object.keys(spec.key).length;
      let made: Made = createChangingJoin("x/join", spec, codec);
      const stored = new Stored();
      const told = new Told();
      const sides: Record<Side, Held[]> = { left: [], right: [] };
      for (const { steps: changes, table, restarts, isRead } of steps) {
        begin(made.state);
        if (isTable && table !== null) {
          made.join.beginRight();
          for (const row of table) change(made.join, "right", 1, row, width);
          made.join.endRight();
          sides.right = [...table];
        }
        for (const each of changes) {
          if (isTable && each.side === "right") continue;
          const rows = sides[each.side];
          if ("add" in each) {
            rows.push(each.add);
            change(made.join, each.side, 1, each.add, width);
          } else if (rows.length > 0) {
            const [row] = rows.splice(each.at % rows.length, 1);
            if (row !== undefined) change(made.join, each.side, -1, row, width);
          }
        }
        const found = made.join.changes();
        told.take(found);
        if (isRead) expect([...made.join.shown()]).toEqual([...found]);
        expect(told.sorted).toEqual(batchJoin(spec, sides.left, sides.right));
        made.state.evict();
        stored.take(made.state);
        if (restarts) {
          made = stored.restored(spec);
          expect([...made.join.changes()]).toEqual([]);
          const shown = new Told();
          shown.take(made.join.shown());
          expect(shown.sorted).toEqual(told.sorted);
        }
      }
    }),
    { numRuns: 400, interruptAfterTimeLimit: 20_000 },
  );
});

it("gives the same changes in the same order after a restart, and the same state", () => {
  fc.assert(
    fc.property(anySpec, batches, (spec, steps) => {
      const width = Object.keys(spec.key).length;
      const run = (restarting: boolean): readonly unknown[] => {
        let made: Made = createChangingJoin("x/join", spec, codec);
        const stored = new Stored();
        const log: unknown[] = [];
        const given: Record<Side, Held[]> = { left: [], right: [] };
        for (const { steps: changes, restarts } of steps) {
          begin(made.state);
          for (const each of changes) {
            if ("add" in each) {
              given[each.side].push(each.add);
              change(made.join, each.side, 1, each.add, width);
            } else if (given[each.side].length > 0) {
              const [row] = given[each.side].splice(each.at % given[each.side].length, 1);
              if (row !== undefined) change(made.join, each.side, -1, row, width);
            }
          }
          log.push(Array.from(made.join.changes(), (each) => `${each.weight} ${changeText(each)}`));
          made.state.evict();
          stored.take(made.state);
          log.push([...stored.entries].map(([key, [, value]]) => `${key} ${Buffer.from(value).toString("hex")}`).sort());
          if (restarts && restarting) made = stored.restored(spec);
        }
        return log;
      };
      expect(run(true)).toEqual(run(false));
    }),
    { numRuns: 150, interruptAfterTimeLimit: 20_000 },
  );
});

/** `l.t between r.t - 5 ms and r.t + 5 ms`, with the bounds that follow from it. */
const isNear = (left: Row, right: Row): boolean => left.t !== null && right.t !== null && Math.abs(left.t - right.t) <= 5 * ms;
const keeps = { time: (each: Row): number | null => each.t, offset: -6 * ms };
const timed = fc.oneof(
  { arbitrary: fc.record({ side, add: fc.tuple(held, fc.option(fc.integer({ min: 0, max: 40 }), { freq: 8 })).map(([each, t]): Held => ({ ...each, row: { ...each.row, t: t === null ? null : t * ms } })) }), weight: 3 },
  { arbitrary: fc.record({ side, at: fc.nat() }), weight: 2 },
);

it("gives up what nothing can meet or take back any more, and tells the same result as if it had kept it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(fc.record({ steps: fc.array(timed, { maxLength: 25 }), advance: fc.integer({ min: 0, max: 15 }), restarts: fc.boolean() }), { minLength: 1, maxLength: 8 }), (kind, steps) => {
      const spec: Spec = { kind, key: { k: "string?" }, left: { columns, keeps }, right: { columns, keeps }, residual: isNear };
      let made: Made = createChangingJoin("x/join", spec, codec);
      const stored = new Stored();
      const told = new Told();
      const all: Record<Side, Held[]> = { left: [], right: [] };
      let watermark = 0;
      for (const { steps: changes, advance, restarts } of [...steps, { steps: [], advance: Infinity, restarts: false }]) {
        const isOpen = ({ row: { t } }: Held): boolean => t === null || t > watermark * ms;
        begin(made.state, watermark + advance);
        for (const each of changes) {
          const open = all[each.side].filter(isOpen);
          if ("add" in each) {
            if (!isOpen(each.add)) continue;
            all[each.side].push(each.add);
            change(made.join, each.side, 1, each.add, 1);
          } else if (open.length > 0) {
            const row = open[each.at % open.length]!;
            all[each.side].splice(all[each.side].indexOf(row), 1);
            change(made.join, each.side, -1, row, 1);
          }
        }
        told.take(made.join.changes());
        expect(told.sorted).toEqual(batchJoin(spec, all.left, all.right));
        made.state.evict();
        stored.take(made.state);
        watermark += advance;
        if (restarts) made = stored.restored(spec, watermark);
      }
      expect([made.state.rows, stored.entries.size, made.state.wantsNoDataBatch(Infinity, 0)]).toEqual([0, 0, false]);
    }),
    { numRuns: 200, interruptAfterTimeLimit: 20_000 },
  );
});

const plain = (kind: StreamJoinKind, of: Partial<Spec> = {}): Spec => ({ kind, key: { k: "string?" }, left: { columns }, right: { columns }, ...of });
const texts = (changes: Iterable<JoinedChange<Row, Row>>): readonly string[] => Array.from(changes, (each) => `${each.weight > 0 ? "+" : "-"} ${changeText(each)}`);
const row = (v: number, t: number | null = 0): Row => ({ v, t, k: "" });

it("sends a row that shows for want of a match at once, takes it back by its first match, and gives it again after the last", () => {
  const { join, state } = createChangingJoin("x/join", plain("left"), codec);
  begin(state);
  join.changeLeft(1, ["a"], row(1));
  expect(texts(join.changes())).toEqual(["+ 1@0 -"]);
  state.evict();
  begin(state);
  join.changeRight(1, ["a"], row(5));
  join.changeRight(1, ["a"], row(6));
  expect(texts(join.changes())).toEqual(["- 1@0 -", "+ 1@0 5@0", "+ 1@0 6@0"]);
  state.evict();
  begin(state);
  join.changeRight(-1, ["a"], row(5));
  expect(texts(join.changes())).toEqual(["- 1@0 5@0"]);
  state.evict();
  begin(state);
  join.changeRight(-1, ["a"], row(6));
  expect(texts(join.changes())).toEqual(["- 1@0 6@0", "+ 1@0 -"]);
});

it("says nothing of what comes and goes within a batch", () => {
  const { join, state } = createChangingJoin("x/join", plain("full"), codec);
  begin(state);
  join.changeLeft(1, ["a"], row(1));
  join.changeRight(1, ["a"], row(2));
  expect(texts(join.changes())).toEqual(["+ 1@0 2@0"]);
  state.evict();
  begin(state);
  join.changeRight(-1, ["a"], row(2));
  join.changeRight(1, ["a"], row(3));
  join.changeLeft(1, ["b"], row(9));
  join.changeLeft(-1, ["b"], row(9));
  join.changeRight(1, ["a"], row(2));
  join.changeRight(-1, ["a"], row(3));
  expect(texts(join.changes())).toEqual([]);
  state.evict();
  expect([state.rows, join.changes()]).toEqual([2, []]);
});

it("refuses to take back what was never given, unless the watermark may have given it up", () => {
  const { join, state } = createChangingJoin("x/join", plain("inner"), codec);
  begin(state);
  join.changeLeft(1, ["a"], row(1));
  join.changeLeft(-1, ["a"], row(1));
  expect(() => join.changeLeft(-1, ["a"], row(1))).toThrow("more often than it was given");
  expect(() => join.changeRight(-1, ["b"], row(1))).toThrow("more often than it was given");
  const bounded = createChangingJoin("x/join", plain("inner", { left: { columns, keeps: { time: ({ t }) => t, offset: 0 } } }), codec);
  begin(bounded.state);
  bounded.join.changeLeft(-1, ["a"], row(1));
  expect(texts(bounded.join.changes())).toEqual([]);
});

it("gives rows up silently, and what they met stays matched", () => {
  const kept = { time: ({ t }: Row) => t, offset: 2 * ms };
  const { join, state } = createChangingJoin("x/join", plain("full", { left: { columns, keeps: kept } }), codec);
  begin(state, 0);
  join.changeLeft(1, ["a"], row(1, 5 * ms));
  join.changeLeft(1, ["b"], row(2, 5 * ms));
  join.changeLeft(1, ["a"], row(3, null));
  join.changeRight(1, ["a"], row(7));
  expect(texts(join.changes())).toEqual(["+ 1@5000 7@0", "+ 3@null 7@0", "+ 2@5000 -"]);
  state.evict();
  expect([state.wantsNoDataBatch(0, 0), state.wantsNoDataBatch(3, 0)]).toEqual([false, true]);
  begin(state, 3);
  expect(texts(join.changes())).toEqual([]);
  state.evict();
  expect([state.rows, state.takeCounts()]).toEqual([2, { updated: 4, removed: 2, late: 0, partlyLate: 0 }]);
  begin(state, 4);
  join.changeLeft(-1, ["a"], row(1, 5 * ms));
  join.changeLeft(-1, ["a"], row(3, null));
  expect(texts(join.changes())).toEqual(["- 3@null 7@0"]);
  state.evict();
  begin(state, Infinity);
  join.changeRight(-1, ["a"], row(7));
  join.changeLeft(1, ["c"], row(8, null));
  expect(texts(join.changes())).toEqual(["+ 8@null -"]);
  state.evict();
  expect(state.rows).toBe(0);
});

it("takes back what a table has lost since the run before, once it runs a batch again", () => {
  const spec = plain("left");
  const first = createChangingJoin("x/join", spec, codec);
  begin(first.state);
  first.join.beginRight();
  for (const [key, v] of [["a", 1], ["b", 2], ["b", 2]] as const) first.join.changeRight(1, [key], row(v));
  first.join.endRight();
  first.join.changeLeft(1, ["a"], row(10));
  first.join.changeLeft(1, ["b"], row(20));
  expect(texts(first.join.changes())).toEqual(["+ 10@0 1@0", "+ 20@0 2@0", "+ 20@0 2@0"]);
  first.state.evict();
  const stored = new Stored();
  stored.take(first.state);
  const { join, state } = stored.restored(spec);
  join.beginRight();
  join.changeRight(1, ["b"], row(2));
  join.changeRight(1, ["c"], row(3));
  join.endRight();
  expect([texts(join.changes()), texts(join.shown()).toSorted()]).toEqual([[], ["+ 10@0 1@0", "+ 20@0 2@0", "+ 20@0 2@0"]]);
  // The last batch is begun once more before the next one.
  begin(state, 0, true);
  begin(state);
  expect(texts(join.changes())).toEqual(["- 20@0 2@0", "- 10@0 1@0", "+ 10@0 -"]);
  state.evict();
  stored.take(state);
  expect(state.rows).toBe(4);
  begin(state);
  join.beginRight();
  join.endRight();
  expect(texts(join.changes())).toEqual(["- 20@0 2@0", "+ 20@0 -"]);
});

it("writes what changed and no more", () => {
  const { join, state } = createChangingJoin("x/join", plain("inner"), codec);
  begin(state);
  for (let id = 0; id < 1000; id++) join.changeLeft(1, ["a"], row(id));
  join.changes();
  state.evict();
  expect([...state.changes()].length).toBe(1000);
  begin(state);
  join.beginRight();
  join.changeRight(1, ["a"], row(1));
  join.endRight();
  join.changeLeft(-1, ["a"], row(500));
  expect(texts(join.changes()).length).toBe(999);
  state.evict();
  expect(Array.from(state.changes(), ({ value }) => value === undefined)).toEqual([true, false]);
  begin(state);
  join.beginRight();
  join.changeRight(1, ["a"], row(1));
  join.endRight();
  state.evict();
  expect([...state.changes()]).toEqual([]);
});

it("keeps values that are equal in different forms as a restart reads them", () => {
  const wide = { d: "double?", m: { map: ["string", "int"] }, r: { record: [["x", "float?"]] } } as const;
  const spec: StreamJoinSpec<object, object> = { kind: "left", key: {}, left: { columns: wide }, right: { columns: {} } };
  const { join, state } = createChangingJoin("x/join", spec, codec);
  begin(state);
  join.changeLeft(1, [], { d: -0, m: new Map([["b", 1], ["a", 2]]), r: { x: -0 } });
  const [given] = [...join.changes()];
  expect(given).toEqual({ left: { d: 0, m: new Map([["a", 2], ["b", 1]]), r: { x: 0 } }, right: null, weight: 1 });
  state.evict();
  begin(state);
  join.changeLeft(-1, [], { d: 0, m: new Map([["a", 2], ["b", 1]]), r: { x: 0 } });
  expect([...join.changes()].length).toBe(1);
});

it("lets an error of the residual pass", () => {
  const { join, state } = createChangingJoin("x/join", plain("inner", { residual: () => { throw new RangeError("no such value"); } }), codec);
  begin(state);
  join.changeLeft(1, ["a"], row(1));
  join.changeRight(1, ["a"], row(2));
  expect(() => join.changes()).toThrow("no such value");
});

it.each(kinds)("asks the residual of no pair that is there neither before a batch nor after it (%s)", (kind) => {
  const asked: string[] = [];
  const { join, state } = createChangingJoin("x/join", plain(kind, { residual: (left, right) => asked.push(`${left.v} ${right.v}`) > 0 }), codec);
  begin(state);
  join.changeLeft(1, ["a"], row(1));
  join.changeRight(1, ["b"], row(2));
  expect([...join.changes()].every(({ left, right }) => left === null || right === null)).toBe(true);
  state.evict();
  begin(state);
  join.changeLeft(-1, ["a"], row(1));
  join.changeRight(1, ["a"], row(3));
  join.changeLeft(1, ["b"], row(4));
  join.changeRight(-1, ["b"], row(2));
  join.changes();
  state.evict();
  expect(asked).toEqual([]);
});

it("takes no more memory for rows that come and go", () => {
  const kept = { time: ({ t }: Row) => t, offset: 0 };
  const { join, state } = createChangingJoin("x/join", plain("full", { left: { columns, keeps: kept } }), codec);
  let [changes, most, entries] = [0, 0, 0];
  for (let batch = 0; batch < 20_000; batch++) {
    begin(state, batch);
    const key = `k${batch}`;
    join.changeLeft(1, [key], row(batch, (batch + 3) * ms));
    join.changeRight(1, [key], row(batch));
    join.changeLeft(1, ["hot"], row(batch, (batch + 3) * ms));
    if (batch > 0) {
      join.changeRight(-1, [`k${batch - 1}`], row(batch - 1));
      join.changeRight(-1, ["hot"], row(batch - 1));
    }
    join.changeRight(1, ["hot"], row(batch));
    changes += [...join.changes()].length;
    state.evict();
    // A run without a checkpoint never asks for changes.
    if (batch >= 10_000) entries += [...state.changes()].length;
    most = Math.max(most, state.memoryBytes);
  }
  expect([changes > 100_000, entries > 40_000, state.rows, most < 5_000]).toEqual([true, true, 8, true]);
});
