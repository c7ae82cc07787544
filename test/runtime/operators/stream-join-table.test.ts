import fc from "fast-check";
import { expect, it } from "vitest";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import { rowsOfBlock } from "../../../runtime/operators/stream-join-blocks.ts";
import { createStreamJoin } from "../../../runtime/operators/stream-join-table.ts";
import type { JoinedRow, StreamJoin, StreamJoinKind, StreamJoinSpec } from "../../../runtime/operators/stream-join.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

interface Row {
  readonly id: number;
  readonly t: number | null;
  readonly v: number;
}

/** A row on its way to the join. */
interface Arrival {
  readonly side: "left" | "right";
  readonly key: readonly [string | null, number | null];
  readonly t: number | null;
  readonly v: number;
  readonly meets: boolean;
}

type Spec = StreamJoinSpec<Row, Row>;
type Made = { readonly join: StreamJoin<Row, Row>; readonly state: KeptOperator };

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const columns = { id: "int", t: "timestamp?", v: "int" } as const;
const kinds: readonly StreamJoinKind[] = ["inner", "left", "right", "full", "semi", "anti"];
const shows = { inner: [false, false], left: [true, false], right: [false, true], full: [true, true], semi: [false, false], anti: [true, false] } as const;
const ms = 1000;

const kind = fc.constantFrom(...kinds);
const keyValue = fc.constantFrom("a", "b", null);
const number = fc.constantFrom(0, -0, NaN, null);
const time = fc.option(fc.integer({ min: -5, max: 60 }).map((at) => at * ms), { freq: 8 });
const side = fc.constantFrom("left" as const, "right" as const);
const arrival = fc.record({ side, key: fc.tuple(keyValue, number), t: time, v: fc.integer({ min: 0, max: 3 }), meets: fc.integer({ min: 0, max: 7 }).map((draw) => draw > 0) }) satisfies fc.Arbitrary<Arrival>;
const batches = fc.array(fc.record({ rows: fc.array(arrival, { maxLength: 60 }), advance: fc.integer({ min: 0, max: 15 }), restarts: fc.boolean() }), { minLength: 1, maxLength: 7 });

const keyText = (key: Arrival["key"]): string => JSON.stringify(key.map((value) => (typeof value === "number" ? (Number.isNaN(value) ? "NaN" : value + 0) : value)));
const pairText = (left: number | null, right: number | null): string => `${left ?? "-"} ${right ?? "-"}`;
const texts = (rows: Iterable<JoinedRow<Row, Row>>): readonly string[] => Array.from(rows, ({ left, right }) => pairText(left?.id ?? null, right?.id ?? null));

/** The entries that a store holds, kept by deltas. */
class Stored {
  readonly entries = new Map<string, readonly [Uint8Array, Uint8Array]>();

  take(state: KeptOperator): void {
    for (const { key, value } of state.changes()) {
      const name = Buffer.from(key).toString("hex");
      if (value === undefined) expect(this.entries.delete(name)).toBe(true);
      else this.entries.set(name, [key, value]);
    }
    const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");
    expect(new Map(Array.from(state.entries(), ({ key, value }) => [text(key), text(value)]))).toEqual(new Map(Array.from(this.entries, ([name, [, value]]) => [name, text(value)])));
  }

  restored(spec: Spec, late: number, evict: number): Made {
    const made = createStreamJoin("x/join", spec, codec, 99);
    for (const [key, value] of [...this.entries.values()].reverse()) made.state.restore(0, key, value);
    made.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: true });
    expect([...made.join.take()]).toEqual([]);
    return made;
  }
}

/** A kept row of the model. */
interface Held {
  readonly row: Row;
  readonly key: string;
  /** Meets no other for its key. */
  readonly isAlone: boolean;
  matched: boolean;
}

/** The rules of a join, one row against all. */
class Model {
  left: Held[] = [];
  right: Held[] = [];
  found: string[] = [];
  readonly spec: Spec;

  constructor(spec: Spec) {
    this.spec = spec;
  }

  add({ side: from, key, meets }: Arrival, row: Row): void {
    const [own, others, isShown] = from === "left" ? [this.left, this.right, shows[this.spec.kind][0]] : [this.right, this.left, shows[this.spec.kind][1]];
    const pair = (other: number | null): string => (from === "left" ? pairText(row.id, other) : pairText(other, row.id));
    if (!meets) {
      if (isShown) this.found.push(pair(null));
      return;
    }
    const isAlone = key.some((value, column) => value === null && this.spec.nullSafe?.[column] !== true);
    if (isAlone && !isShown) return;
    const held: Held = { row, key: keyText(key), isAlone, matched: false };
    for (const other of others) {
      if (held.isAlone || other.isAlone || other.key !== held.key) continue;
      if (this.spec.residual?.(from === "left" ? row : other.row, from === "left" ? other.row : row) === false) continue;
      const left = from === "left" ? held : other;
      if (this.spec.kind === "semi" && !left.matched) this.found.push(pairText(left.row.id, null));
      if (this.spec.kind !== "semi" && this.spec.kind !== "anti") this.found.push(pair(other.row.id));
      held.matched = other.matched = true;
    }
    own.push(held);
    // What is a matter of one match is over with it.
    if (this.spec.kind === "semi" || this.spec.kind === "anti") this.left = this.left.filter(({ matched }) => !matched);
  }

  /** Ends a batch: what it found, and then the null rows. */
  end(watermark: number): readonly string[] {
    const closed = (side: Spec["left"], { row }: Held): boolean => watermark === Infinity || (side.keeps !== undefined && (side.keeps.time(row) ?? Infinity) <= watermark * ms + side.keeps.offset);
    const [leftShown, rightShown] = shows[this.spec.kind];
    const out = [...this.found];
    for (const held of this.left) if (leftShown && !held.matched && closed(this.spec.left, held)) out.push(pairText(held.row.id, null));
    for (const held of this.right) if (rightShown && !held.matched && closed(this.spec.right, held)) out.push(pairText(null, held.row.id));
    this.left = this.left.filter((held) => !closed(this.spec.left, held));
    this.right = this.right.filter((held) => !closed(this.spec.right, held));
    this.found = [];
    return out;
  }
}

const keeps = fc.option(fc.integer({ min: -12, max: 5 }).map((offset) => ({ time: (row: Row) => row.t, offset: offset * ms })), { nil: undefined });
const anySpec = fc.record({ kind, left: keeps, right: keeps, nullSafe: fc.constantFrom([false, false], [true, false], [true, true]), hasResidual: fc.boolean() }).map(({ left, right, hasResidual, ...spec }): Spec => ({
  ...spec,
  key: { k: "string?", d: "double?" },
  left: { columns, ...(left === undefined ? {} : { keeps: left }) },
  right: { columns, ...(right === undefined ? {} : { keeps: right }) },
  ...(hasResidual ? { residual: (one: Row, other: Row) => one.v <= other.v } : {}),
}));

it("finds what the rules say, row against row, over watermarks, deltas and restarts", () => {
  fc.assert(
    fc.property(anySpec, batches, (spec, steps) => {
      let made: Made = createStreamJoin("x/join", spec, codec);
      const model = new Model(spec);
      const stored = new Stored();
      let [late, evict, id] = [-10, -10, 0];
      const end = (): void => {
        // Pairs have an order too, which restarts do not change; null rows come by time.
        expect(texts(made.join.take()).toSorted()).toEqual(model.end(evict).toSorted());
        made.state.evict();
        expect(made.state.rows).toBe(model.left.length + model.right.length);
        stored.take(made.state);
      };
      for (const { rows, advance, restarts } of steps) {
        [late, evict] = [evict, evict + advance];
        made.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
        for (const each of rows) {
          const isLate = each.t !== null && each.t <= late * ms;
          expect(made.join.isLate(each.t)).toBe(isLate);
          if (isLate) continue;
          const row = { id: id++, t: each.t, v: each.v };
          if (each.side === "left") made.join.addLeft(each.key, row, each.meets);
          else made.join.addRight(each.key, row, each.meets);
          model.add(each, row);
        }
        const before = made.state.rows;
        end();
        expect(before - made.state.takeCounts().removed).toBeLessThanOrEqual(made.state.rows);
        if (restarts) made = stored.restored(spec, late, evict);
      }
      [late, evict] = [evict, Infinity];
      made.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
      end();
      expect([made.state.rows, stored.entries.size, made.state.wantsNoDataBatch(Infinity, 0)]).toEqual([0, 0, false]);
    }),
    { numRuns: 200, interruptAfterTimeLimit: 20_000 },
  );
});

/** `l.t between r.t - 10 ms and r.t + 5 ms`, with the bounds that follow from it. */
const range = { time: (row: Row) => row.t } as const;
const rangeSpec = (of: StreamJoinKind): Spec => ({
  kind: of,
  key: { k: "string?" },
  left: { columns, keeps: { ...range, offset: -11 * ms } },
  right: { columns, keeps: { ...range, offset: -6 * ms } },
  residual: (left, right) => left.t !== null && right.t !== null && left.t >= right.t - 10 * ms && left.t <= right.t + 5 * ms,
});

/** The join of all rows, each of one side against each of the other. */
function batchJoin(spec: Spec, rows: readonly (Arrival & { readonly row: Row })[]): readonly string[] {
  const [lefts, rights] = [rows.filter((each) => each.side === "left"), rows.filter((each) => each.side === "right")];
  const meet = (left: Arrival & { readonly row: Row }, right: Arrival & { readonly row: Row }): boolean => left.meets && right.meets && left.key[0] !== null && left.key[0] === right.key[0] && spec.residual?.(left.row, right.row) !== false;
  const pairs = lefts.flatMap((left) => rights.filter((right) => meet(left, right)).map((right) => pairText(left.row.id, right.row.id)));
  const leftAlone = lefts.filter((left) => !rights.some((right) => meet(left, right))).map(({ row }) => pairText(row.id, null));
  const rightAlone = rights.filter((right) => !lefts.some((left) => meet(left, right))).map(({ row }) => pairText(null, row.id));
  const matched = lefts.filter((left) => rights.some((right) => meet(left, right))).map(({ row }) => pairText(row.id, null));
  const all: Readonly<Record<StreamJoinKind, readonly string[]>> = {
    inner: pairs, left: [...pairs, ...leftAlone], right: [...pairs, ...rightAlone], full: [...pairs, ...leftAlone, ...rightAlone], semi: matched, anti: leftAlone,
  };
  return all[spec.kind];
}

it("gives by the end of input what a join of all rows gives that were not late, however they were cut into batches and ordered in them", () => {
  fc.assert(
    fc.property(kind, batches, fc.infiniteStream(fc.nat()), (of, steps, draws) => {
      const spec = rangeSpec(of);
      let made: Made = createStreamJoin("x/join", spec, codec);
      const stored = new Stored();
      const taken: (Arrival & { readonly row: Row })[] = [];
      const out: string[] = [];
      let [late, evict, id] = [-10, -10, 0];
      for (const { rows, advance, restarts } of [...steps, { rows: [], advance: Infinity, restarts: false }]) {
        [late, evict] = [evict, evict + advance];
        made.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
        const numbered = rows.map((each) => ({ ...each, row: { id: id++, t: each.t, v: each.v } }));
        const shuffled = numbered.map((each) => ({ each, rank: Number(draws.next().value) })).sort((left, right) => left.rank - right.rank).map(({ each }) => each);
        for (const each of shuffled) {
          if (made.join.isLate(each.t)) continue;
          taken.push(each);
          if (each.side === "left") made.join.addLeft([each.key[0]], each.row, each.meets);
          else made.join.addRight([each.key[0]], each.row, each.meets);
        }
        out.push(...texts(made.join.take()));
        made.state.evict();
        stored.take(made.state);
        if (restarts) made = stored.restored(spec, late, evict);
      }
      expect(out.toSorted()).toEqual(batchJoin(spec, taken).toSorted());
    }),
    { numRuns: 150, interruptAfterTimeLimit: 20_000 },
  );
});

const begin = (state: KeptOperator, evictWatermark: number): void => state.beginBatch({ lateWatermark: -Infinity, evictWatermark, timestamp: 0, isRebuilding: false });

it("gives pairs in the order in which rows met, and null rows by time, then key, then as they came, the same after a restart", () => {
  const spec: Spec = { ...rangeSpec("full"), residual: (left, right) => left.v === right.v };
  const first = createStreamJoin("x/join", spec, codec);
  begin(first.state, -100);
  for (let id = 0; id < 80; id++) first.join.addLeft([id % 3 === 0 ? "c" : id % 30 === 1 ? "a" : "b"], { id, t: (id % 2) * ms, v: id === 7 ? 1 : 0 });
  first.join.addRight(["b"], { id: 100, t: 0, v: 1 });
  first.join.addRight(["b"], { id: 101, t: null, v: 5 });
  expect(texts(first.join.take())).toEqual(["7 100"]);
  const stored = new Stored();
  stored.take(first.state);
  const ids = Array.from({ length: 80 }, (_, id) => id);
  const bs = ids.filter((id) => id % 3 !== 0 && id % 30 !== 1 && id !== 7);
  const alone = ids.filter((id) => id % 3 === 0 || id % 30 === 1).sort((left, right) => (left % 2) - (right % 2) || Number(left % 3 === 0) - Number(right % 3 === 0) || left - right);
  expect(bs.length).toBeGreaterThan(rowsOfBlock);
  for (const { join, state } of [first, stored.restored(spec, 0, 0)]) {
    begin(state, 50);
    join.addRight(["b"], { id: 102, t: 60 * ms, v: 1 });
    join.addRight(["b"], { id: 103, t: 60 * ms, v: 0 });
    expect(texts(join.take())).toEqual(["7 102", ...bs.map((id) => `${id} 103`), ...alone.map((id) => `${id} -`)]);
    state.evict();
    expect([state.rows, state.takeCounts().removed]).toEqual([3, 81]);
  }
});

it("writes the rows of a key in blocks, and only those that changed", () => {
  const { join, state } = createStreamJoin("x/join", rangeSpec("left"), codec);
  begin(state, -100);
  for (let id = 0; id < 1000; id++) join.addLeft(["a"], { id, t: id * ms, v: 0 });
  expect([...state.changes()].length).toBe(32);
  begin(state, 500);
  join.addLeft(["a"], { id: 1000, t: 1000 * ms, v: 0 });
  join.addRight(["a"], { id: 1, t: 700 * ms, v: 0 });
  expect(texts(join.take()).length).toBe(16 + 490);
  state.evict();
  // 15 blocks are gone, one has lost rows, one or two have matches, one has a new row, and the other side has one.
  const changes = [...state.changes()];
  expect([changes.filter(({ value }) => value === undefined).length, changes.filter(({ value }) => value !== undefined).length]).toEqual([15, 5]);
  expect(state.rows).toBe(1001 - 490 + 1);
});

it("goes past blocks whose rows have all come out and whose entries are stored yet", () => {
  const spec: Spec = { ...rangeSpec("semi"), residual: (left, right) => left.v === right.v };
  const { join, state } = createStreamJoin("x/join", spec, codec);
  begin(state, -100);
  for (let id = 0; id < 2 * rowsOfBlock; id++) join.addLeft(["a"], { id, t: 0, v: Math.floor(id / rowsOfBlock) });
  const stored = new Stored();
  stored.take(state);
  begin(state, -100);
  for (const v of [0, 1, 1]) join.addRight(["a"], { id: v, t: 0, v });
  expect(texts(join.take())).toEqual(Array.from({ length: 2 * rowsOfBlock }, (_, id) => `${id} -`));
  stored.take(state);
  expect([state.rows, stored.entries.size]).toEqual([3, 1]);
});

it("lets an error of the residual pass", () => {
  const { join, state } = createStreamJoin("x/join", { ...rangeSpec("inner"), residual: () => { throw new RangeError("no such value"); } }, codec);
  begin(state, 0);
  join.addLeft(["a"], { id: 1, t: 0, v: 0 });
  expect(() => join.addRight(["a"], { id: 2, t: 0, v: 0 })).toThrow("no such value");
});

it("asks for a batch without data where a side is bounded, and nowhere else", () => {
  const unbounded: Spec = { kind: "inner", key: { k: "string?" }, left: { columns }, right: { columns } };
  for (const [spec, wants] of [[rangeSpec("inner"), true], [unbounded, false]] as const) {
    const { state } = createStreamJoin("x/join", spec, codec);
    begin(state, 5);
    expect([state.wantsNoDataBatch(5, 0), state.wantsNoDataBatch(6, 0)]).toEqual([false, wants]);
  }
});

it("takes no more memory for rows that come and go", () => {
  const { join, state } = createStreamJoin("x/join", rangeSpec("inner"), codec);
  let [pairs, changed, most] = [0, 0, 0];
  for (let batch = 0; batch < 20_000; batch++) {
    begin(state, batch);
    join.addLeft([`k${batch}`], { id: batch, t: (batch + 3) * ms, v: 0 });
    join.addRight([`k${batch}`], { id: batch, t: (batch + 2) * ms, v: 0 });
    join.addLeft(["hot"], { id: batch, t: (batch + 3) * ms, v: 0 });
    pairs += [...join.take()].length;
    state.evict();
    // A run without a checkpoint never asks for changes.
    if (batch >= 10_000) changed += [...state.changes()].length;
    most = Math.max(most, state.memoryBytes);
  }
  // Left rows of 14 batches, two of each, and right rows of 8.
  expect([pairs, changed > 40_000, state.rows, most < 20_000]).toEqual([20_000, true, 36, true]);
});
