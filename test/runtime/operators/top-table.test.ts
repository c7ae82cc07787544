import fc from "fast-check";
import { expect, it } from "vitest";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import { ascending, descending } from "../../../runtime/operators/row-order.ts";
import type { RankedChange, Top, TopSpec } from "../../../runtime/operators/top.ts";
import { takeTop } from "../../../runtime/operators/top-rows.ts";
import { createTop } from "../../../runtime/operators/top-table.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const columns = { shop: "string?", t: "timestamp?", price: "double?", id: "int", note: "string" } as const;

interface Row {
  readonly shop: string | null;
  readonly t: number | null;
  readonly price: number | null;
  readonly id: number;
  readonly note: string;
}

/** What the order reads of a row. */
type By = Pick<Row, "price" | "note">;
type Spec = TopSpec<typeof columns, By>;
type Made = { readonly top: Top<Row, By>; readonly state: KeptOperator };

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const ms = 1000;
const byPrice = [descending<By>((each) => each.price, "double?")];
const orders = [byPrice, [ascending<By>((each) => each.price, "double?", "nulls last"), ...byPrice], [...byPrice, descending<By>((each) => each.note, "string")], [ascending<By>((each) => each.note, "string")]];
const perShop = { shop: "string?", t: "timestamp?" } as const;
const keyOf = (row: Row): readonly unknown[] => [row.shop, row.t];

const row: fc.Arbitrary<Row> = fc.record({
  shop: fc.constantFrom("a", "b", null),
  t: fc.constantFrom(10 * ms, 20 * ms, 25 * ms, 40 * ms, null),
  price: fc.constantFrom(1, 2, 0, -0, NaN, null),
  id: fc.nat({ max: 2 }),
  note: fc.constantFrom("x", "a text that is cut from its chunk"),
});
/** A row, and whether one that is there is taken back instead; which one. */
const step = fc.record({ row, takesBack: fc.integer({ min: 0, max: 9 }).map((draw) => draw < 4), which: fc.nat() });
const batches = fc.array(fc.record({ steps: fc.array(step, { maxLength: 30 }), advance: fc.constantFrom(0, 0, 5, 12), restarts: fc.boolean() }), { minLength: 1, maxLength: 8 });
const shape = fc.record({ by: fc.constantFrom(...orders), count: fc.integer({ min: 1, max: 3 }), ties: fc.boolean(), ranked: fc.boolean(), closes: fc.boolean() });

const specOf = ({ closes, ...of }: typeof shape extends fc.Arbitrary<infer T> ? T : never, takesBack: boolean): Spec => ({
  ...of, per: perShop, columns, ...(takesBack ? { takesBack } : {}), ...(closes ? { closing: { key: "t" } } : {}),
});

/** The text of a row and its place; `−0.0` as `0.0`, which are equal by content. */
const text = ({ row: { shop, t, price, id, note }, rank }: { readonly row: Row; readonly rank: number }, ranked: boolean): string =>
  [shop, t, price === null ? null : String(price + 0), id, note, ...(ranked ? [rank] : [])].join("|");
const texts = (rows: Iterable<{ readonly row: Row; readonly rank: number }>, ranked: boolean = true): readonly string[] => Array.from(rows, (each) => text(each, ranked));

const batchTop = (spec: Spec, rows: readonly Row[]): readonly { readonly row: Row; readonly rank: number }[] =>
  takeTop([...rows], { count: spec.count, ties: spec.ties, per: [ascending((each) => each.shop, "string?"), ascending((each) => each.t, "timestamp?")], by: spec.by, content: columns });

/** What was shown, with the changes applied; each must fit. */
function applied(shown: readonly string[], changes: Iterable<RankedChange<Row>>, ranked: boolean): readonly string[] {
  const now = [...shown];
  for (const change of changes) {
    if (change.weight === 1) {
      now.push(text(change, ranked));
    } else {
      const at = now.indexOf(text(change, ranked));
      expect(at).toBeGreaterThanOrEqual(0);
      now.splice(at, 1);
    }
  }
  return now;
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
    const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");
    expect(new Map(Array.from(state.entries(), ({ key, value }) => [hex(key), hex(value)]))).toEqual(new Map(Array.from(this.entries, ([name, [, value]]) => [name, hex(value)])));
  }

  restored(spec: Spec, late: number, evict: number): Made {
    const made: Made = createTop("x/top", spec, codec, 99, 1);
    for (const [key, value] of [...this.entries.values()].reverse()) made.state.restore(0, key, value);
    made.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: true });
    return made;
  }
}

/** No row is taken back and given at once, and each key's changes stand together: those that leave, then those that enter. `keys`: in the order in which they changed. */
function expectWellOrdered(changes: readonly RankedChange<Row>[], keys: readonly string[], ranked: boolean): void {
  const exactText = (change: RankedChange<Row>): string => `${text(change, ranked)}${Object.is(change.row.price, -0) ? "-0" : ""}`;
  const given = new Set(changes.filter(({ weight }) => weight === 1).map(exactText));
  for (const change of changes) if (change.weight === -1) expect(given.has(exactText(change))).toBe(false);
  const places = changes.map(({ row: each, weight }) => 2 * keys.indexOf(String(keyOf(each))) + (weight === 1 ? 1 : 0));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
}

/** What became of each place of a key. */
function byPlace(changes: readonly RankedChange<Row>[]): readonly string[] {
  const places = new Map<string, readonly RankedChange<Row>[]>();
  for (const change of changes) {
    const place = `${String(keyOf(change.row))}|${change.rank}`;
    places.set(place, [...(places.get(place) ?? []), change]);
  }
  const [left, entered] = [-1, 1].map((weight) => (of: readonly RankedChange<Row>[]) => of.find((change) => change.weight === weight));
  return Array.from(places.values(), (of) => {
    const [before, now] = [left?.(of), entered?.(of)];
    return now === undefined ? `-D ${before === undefined ? "" : text(before, true)}` : `${before === undefined ? "+I" : "+U"} ${text(now, true)}`;
  }).toSorted();
}

const run = (spec: Spec, steps: typeof batches extends fc.Arbitrary<infer T> ? T : never): void => {
  let made: Made = createTop("x/top", spec, codec, 7, 1);
  const stored = new Stored();
  const closes = spec.closing !== undefined;
  let rows: readonly Row[] = [];
  let shown: readonly string[] = [];
  let [late, evict] = [0, 0];
  const isClosed = (each: Row): boolean => evict === Infinity || (each.t ?? Infinity) <= evict * ms;
  for (const { steps: inBatch, advance, restarts } of [...steps, { steps: [], advance: Infinity, restarts: false }]) {
    [late, evict] = [evict, evict + advance];
    made.state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
    const touched: string[] = [];
    let lateRows = 0;
    for (const each of inBatch) {
      const back = each.takesBack && spec.takesBack === true && rows.length > 0 ? rows[each.which % rows.length]! : undefined;
      const incoming = { ...(back ?? each.row) };
      const isLate = closes && incoming.t !== null && incoming.t <= late * ms;
      expect(made.top.isLate(incoming.t)).toBe(isLate);
      if (isLate) lateRows++;
      if (isLate) continue;
      touched.push(String(keyOf(incoming)));
      if (back !== undefined) {
        made.top.change(-1, keyOf(incoming), incoming);
        rows = rows.toSpliced(rows.indexOf(back), 1);
        continue;
      }
      const key = keyOf(incoming);
      if (made.top.admits(key, { price: incoming.price, note: incoming.note })) made.top.add(each.which % 2 === 0 ? key : keyOf(incoming), incoming);
      rows = [...rows, incoming];
    }
    const changes = [...made.top.changes()];
    expect([...made.top.changes()]).toEqual(changes);
    expect([...made.top.shown()]).toEqual(changes);
    if (!spec.ties && (spec.ranked || spec.count === 1)) expect(Array.from(made.top.upserts(), (each) => `${each.kind} ${text(each, true)}`).toSorted()).toEqual(byPlace(changes));
    // Rows that are refused change no key.
    expectWellOrdered(changes, [...new Set(spec.takesBack === true ? touched : changes.map(({ row: each }) => String(keyOf(each))))], spec.ranked);
    shown = applied(shown, changes, spec.ranked);
    const wanted = batchTop(spec, rows);
    expect(shown.toSorted()).toEqual(texts(wanted, spec.ranked).toSorted());
    expect(texts(made.top.snapshot())).toEqual(texts(wanted));
    const closed = closes || evict === Infinity ? batchTop(spec, rows.filter(isClosed)) : [];
    expect(texts(made.top.closed())).toEqual(texts(closed));
    made.state.evict();
    if (closes) rows = rows.filter((each) => !isClosed(each));
    // Clean-up is silent.
    shown = texts(batchTop(spec, rows), spec.ranked);
    expect(made.state.takeCounts().late).toBe(lateRows);
    stored.take(made.state);
    if (!restarts) continue;
    made = stored.restored(spec, late, evict);
    expect([[...made.top.changes()], [...made.top.closed()]]).toEqual([[], []]);
    expect(texts(made.top.shown())).toEqual(texts(batchTop(spec, rows)));
  }
  if (closes) expect([made.state.rows, stored.entries.size, made.state.memoryBytes]).toEqual([0, 0, 0]);
};

it("gives, over rows that stay, the changes of what the batch gives over all rows so far, through restarts and evictions", () => {
  fc.assert(fc.property(shape, batches, (of, steps) => run(specOf(of, false), steps)), { numRuns: 150, interruptAfterTimeLimit: 20_000 });
});

it("gives them over rows that may be taken back", () => {
  fc.assert(fc.property(shape, batches, (of, steps) => run(specOf(of, true), steps)), { numRuns: 150, interruptAfterTimeLimit: 20_000 });
});

const plain = (price: number, id: number = 0): Row => ({ shop: null, t: null, price, id, note: "" });

it("finds the first of thousands of rows of one key while they come and go, and stores only what changed", () => {
  const spec: Spec = { count: 2, ties: false, ranked: true, per: {}, columns, by: byPrice, takesBack: true };
  const { top, state } = createTop("x/top", spec, codec);
  const begin = (): void => state.beginBatch({ lateWatermark: 0, evictWatermark: 0, timestamp: 0, isRebuilding: false });
  const prices = Array.from({ length: 5000 }, (_, at) => (at * 7919) % 5000);
  begin();
  for (const price of prices) top.add([], plain(price));
  expect(texts(top.changes())).toEqual(texts([{ row: plain(4999), rank: 1 }, { row: plain(4998), rank: 2 }]));
  expect([...state.changes()].length).toBe(5000);
  for (let best = 4999; best > 4990; best--) {
    begin();
    top.change(-1, [], plain(best));
    expect(Array.from(top.changes(), ({ row: { price }, rank, weight }) => [weight, price, rank])).toEqual([[-1, best, 1], [-1, best - 1, 2], [1, best - 1, 1], [1, best - 2, 2]]);
    expect([...state.changes()].map(({ value }) => value)).toEqual([undefined]);
  }
  begin();
  for (const price of prices) if (price <= 4990) top.change(-1, [], plain(price));
  expect([[...top.snapshot()], [...state.changes()].length, state.rows]).toEqual([[], 4991, 0]);
});

it("counts equal rows, and takes a row for gone that was given up with its key", () => {
  const spec: Spec = { count: 3, ties: true, ranked: true, per: {}, columns, by: byPrice, takesBack: true };
  const { top, state } = createTop("x/top", spec, codec);
  const begin = (): void => state.beginBatch({ lateWatermark: 0, evictWatermark: 0, timestamp: 0, isRebuilding: false });
  const summary = (): readonly unknown[] => Array.from(top.changes(), ({ row: { price, id }, rank, weight }) => [weight, price, id, rank]);
  begin();
  for (const each of [plain(5), plain(5), plain(5), plain(5, 1), plain(4)]) top.add([], each);
  expect(summary()).toEqual([[1, 5, 0, 1], [1, 5, 0, 1], [1, 5, 0, 1], [1, 5, 1, 1]]);
  expect([...state.changes()].length).toBe(3);
  begin();
  top.change(-1, [], plain(5));
  top.change(-1, [], plain(3));
  top.change(-1, [], plain(5));
  expect(summary()).toEqual([[-1, 5, 0, 1], [-1, 5, 0, 1], [1, 4, 0, 3]]);
  expect([...state.changes()].length).toBe(1);
});

it("keeps the first of many rows of one key, most of which are refused before they are made", () => {
  const spec: Spec = { count: 2, ties: false, ranked: true, per: { shop: "string?" }, columns, by: byPrice };
  const { top, state } = createTop("x/top", spec, codec);
  state.beginBatch({ lateWatermark: 0, evictWatermark: Infinity, timestamp: 0, isRebuilding: false });
  const chunk = "a chunk of some length ".repeat(10);
  for (let at = 0; at < 140_000; at++) {
    const price = (at * 7919) % 1_000_003;
    if (top.admits([null], { price, note: "" })) top.add([null], { ...plain(price), note: chunk.slice(at % 100, (at % 100) + 50) });
  }
  const best = Array.from({ length: 140_000 }, (_, at) => ({ price: (at * 7919) % 1_000_003, note: chunk.slice(at % 100, (at % 100) + 50) })).toSorted((a, b) => b.price - a.price);
  expect(Array.from(top.closed(), ({ row: { price, note } }) => ({ price, note }))).toEqual(best.slice(0, 2));
});
