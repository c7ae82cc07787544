import fc from "fast-check";
import { expect, it } from "vitest";
import { ChunkText } from "../../../runtime/formats/columns/chunk-text.ts";
import { Texts } from "../../../runtime/formats/columns/texts.ts";
import type { GroupSpec, GroupView } from "../../../runtime/operators/groups.ts";
import { createGroups, createScratchGroups } from "../../../runtime/operators/groups-table.ts";
import { count, type CountLane } from "../../../runtime/operators/lanes/count.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const codec = createStateCodec({ partitions: 8, hash: { name: "murmur3-32", seed: 0 } });
const openBatch = { lateWatermark: -Infinity, evictWatermark: 0, timestamp: 0, isRebuilding: false };
const lanes = (): { readonly hits: CountLane } => ({ hits: count() });

/** What a view shows, in an order of its own. */
function shown<Spec extends GroupSpec & { readonly lanes: typeof lanes }>(view: GroupView<Spec>, windowed: boolean): readonly unknown[] {
  const hits = view.lanes["hits"];
  const keys = Object.values<{ get(slot: number): unknown }>(view.keys);
  const rows: string[] = [];
  for (const slot of view.slots) {
    const window = windowed ? [view.windowStart(slot), view.windowEnd(slot)] : [];
    const key = keys.map((column) => textOf(column.get(slot)));
    rows.push(JSON.stringify([...window, ...key, hits instanceof Object && "get" in hits ? (hits as CountLane).get(slot) : null]));
  }
  return rows.sort();
}

function textOf(value: unknown): string {
  return typeof value === "bigint" ? `${value}n` : Object.is(value, -0) ? "-0" : Number.isNaN(value) ? "NaN" : (JSON.stringify(value) ?? "undefined");
}

it("groups integers, with null, NaN, bigints and −0.0 as keys of their own kind", () => {
  const table = createScratchGroups({ key: { k: "long?" }, lanes });
  for (const key of [1, 2, 1, null, 9007199254740993n, null, 9007199254740993n, -0, 0, -5, 1e15]) table.lanes.hits.add(table.slot(key));
  expect(shown(table.snapshot(), false)).toEqual(['["-5",1]', '["0",2]', '["1",2]', '["1000000000000000",1]', '["2",1]', '["9007199254740993n",2]', '["null",2]'].sort());
  const doubles = createScratchGroups({ key: { k: "double" }, lanes });
  for (const key of [NaN, 0.5, NaN, -0, 0, Infinity]) doubles.lanes.hits.add(doubles.slot(key));
  expect(shown(doubles.snapshot(), false)).toEqual(['["0",2]', '["0.5",1]', '["NaN",2]', '["null",1]'].sort());
});

it("finds a text by its bytes in a chunk as it finds the string", () => {
  const chunk = new ChunkText();
  const bytes = new TextEncoder().encode("abcdefghé\u{1f600}xyzabcdefgh");
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  chunk.begin(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), buffer, 0, bytes.length);
  const lane = new Texts(chunk);
  lane.ensure(4);
  const places = [[0, 8], [8, 14], [17, 25], [3, 3]] as const;
  places.forEach(([start, end], row) => {
    lane.starts[row] = start;
    lane.ends[row] = end;
  });
  lane.put(4, "escaped\n");
  const table = createScratchGroups({ key: { k: "string" }, lanes });
  const slots = [0, 1, 2, 3, 4].map((row) => table.slotOfText(lane, row));
  expect(slots).toEqual([0, 1, 0, 2, 3]);
  expect(["abcdefgh", "é\u{1f600}", "", "escaped\n"].map((text) => table.slot(text))).toEqual([0, 1, 2, 3]);
  const windowed = createScratchGroups({ key: { k: "string" }, window: { size: 10, slide: 10, offset: 0 }, lanes });
  expect(windowed.slotOfTextAt(5, lane, 0)).toBe(windowed.slot(7, "abcdefgh"));
});

const keyPart = fc.oneof(fc.constant(null), fc.string({ unit: "grapheme", maxLength: 6 }), fc.constantFrom("a", "b", "abcdefgh", "abcdefgx"));
const numberPart = fc.oneof(fc.constant(null), fc.integer({ min: -3, max: 3 }), fc.constantFrom(2 ** 40, -(2 ** 40), 9007199254740993n));

it("counts composite keys as a map of their texts does", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(keyPart, numberPart, fc.boolean()), { maxLength: 200 }), (rows) => {
      const table = createScratchGroups({ key: { a: "string?", b: "long?", c: "boolean" }, lanes });
      const expected = new Map<string, number>();
      for (const row of rows) {
        table.lanes.hits.add(table.slot(...row));
        const key = JSON.stringify(row.map(textOf));
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      expect(shown(table.snapshot(), false)).toEqual([...expected].map(([key, hits]) => JSON.stringify([...(JSON.parse(key) as string[]), hits])).sort());
      table.clear();
      expect(shown(table.snapshot(), false)).toEqual([]);
      for (const row of rows.slice(0, 3)) table.lanes.hits.add(table.slot(...row));
      expect([...table.snapshot().slots].reduce((sum, slot) => sum + table.lanes.hits.get(slot), 0)).toBe(Math.min(3, rows.length));
    }),
    { numRuns: 100 },
  );
});

it("records and arrays are one key when their content is equal", () => {
  const table = createScratchGroups({ key: { r: { record: [["a", "int?"], ["b", { array: "string" }]], nullable: true } }, lanes });
  expect(table.slot({ a: 1, b: ["x"] })).toBe(table.slot({ b: ["x"], a: 1 }));
  expect(table.slot({ a: 1, b: ["y"] })).not.toBe(table.slot({ a: 1, b: ["x"] }));
  expect(table.slot(null)).toBe(table.slot(null));
});

const windows = fc.constantFrom({ size: 60, slide: 60, offset: 0 }, { size: 300, slide: 60, offset: 0 }, { size: 90, slide: 60, offset: 7 }, { size: 60, slide: 60, offset: -13 }, { size: 50, slide: 20, offset: 3 }, { size: 61, slide: 7, offset: -3 });

/** Counts by window and key, the long way. */
function windowCounts(rows: readonly (readonly [number, string])[], { size, slide, offset }: { size: number; slide: number; offset: number }): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [time, key] of rows) {
    for (let start = Math.floor((time - offset) / slide) * slide + offset; start > time - size; start -= slide) {
      const name = JSON.stringify([start, start + size, JSON.stringify(key)]);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

it("windows from panes hold what each row put into each of its windows, batch by batch, across restarts", () => {
  const batch = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.constantFrom("a", "b", "c")), { maxLength: 30 });
  fc.assert(
    fc.property(windows, fc.array(fc.tuple(batch, fc.boolean()), { minLength: 1, maxLength: 5 }), (window, batches) => {
      const spec = { key: { k: "string" }, window, lanes } as const;
      let table = createGroups("x/aggregate", spec, codec);
      const seen: (readonly [number, string])[] = [];
      const kinds = new Map<string, string>();
      const stored = new Map<string, { readonly key: Uint8Array; readonly value: Uint8Array }>();
      for (const [rows, restart] of batches) {
        table.state.beginBatch(openBatch);
        for (const [time, key] of rows) table.groups.lanes.hits.add(table.groups.slot(time, key));
        seen.push(...rows);
        const all = windowCounts(seen, window);
        const touched = windowCounts(rows, window);
        expect(shown(table.groups.snapshot(), true)).toEqual([...all].map(([name, hits]) => JSON.stringify([...(JSON.parse(name) as unknown[]), hits])).sort());
        const view = table.groups.changes();
        const changed: string[] = [];
        for (const slot of view.slots) {
          const name = JSON.stringify([view.windowStart(slot), view.windowEnd(slot), JSON.stringify(view.keys.k.get(slot))]);
          const kind = view.mark(slot, true);
          expect(kind).toBe(kinds.has(name) ? "+U" : "+I");
          expect(view.lanes.hits.get(slot)).toBe(all.get(name));
          kinds.set(name, "in");
          changed.push(name);
        }
        expect(changed.sort()).toEqual([...touched.keys()].sort());
        for (const { key, value } of table.state.changes()) if (value !== undefined) stored.set(Buffer.from(key).toString("hex"), { key, value });
        expect([...table.state.changes()]).toEqual([]);
        if (restart) {
          table = createGroups("x/aggregate", spec, codec, 77);
          for (const { key, value } of stored.values()) table.state.restore(0, key, value);
        }
        expect([...table.state.entries()].length).toBe(stored.size);
      }
    }),
    { numRuns: 150 },
  );
});

it("a table without key and window has its one group from the start, and gives it in every batch", () => {
  const table = createGroups("total/aggregate", { key: {}, lanes }, codec);
  expect(shown(table.groups.snapshot(), false)).toEqual(["[0]"]);
  expect([...table.groups.changes().slots]).toEqual([0]);
  table.groups.lanes.hits.add(table.groups.slot());
  const { mark } = table.groups.changes();
  expect([mark(0, false), mark(0, true), mark(0, true), mark(0, false)]).toEqual([undefined, "+I", "+U", "-D"]);
  table.state.beginBatch(openBatch);
  expect([...table.groups.changes().slots]).toEqual([0]);
  table.state.clear();
  expect(shown(table.groups.snapshot(), false)).toEqual(["[0]"]);
});

it("touching all groups shows them all and stores none", () => {
  const table = createGroups("x/aggregate", { key: { k: "int" }, lanes }, codec);
  for (const key of [1, 2, 3]) table.groups.lanes.hits.add(table.groups.slot(key));
  expect([...table.state.changes()].length).toBe(3);
  table.state.beginBatch(openBatch);
  expect([...table.groups.changes().slots]).toEqual([]);
  table.state.touchAll();
  expect([...table.groups.changes().slots]).toEqual([0, 1, 2]);
  expect([...table.state.changes()]).toEqual([]);
});

it("knows windows of another size, slide or offset by its description, and refuses their state", () => {
  const minute = 60_000_000;
  const described = (size: number, slide: number, offset: number): string => createGroups("g", { key: { k: "long" }, window: { size, slide, offset }, lanes }, codec).state.descriptor.key.join();
  const forms = [described(5 * minute, 5 * minute, 0), described(20 * minute, 5 * minute, 0), described(20 * minute, 10 * minute, 0), described(20 * minute, 5 * minute, minute)];
  expect(forms[0]).toBe("timestamp: windows of PT5M every PT5M from PT0S,long");
  expect(new Set(forms).size).toBe(4);
});
