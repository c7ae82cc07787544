import fc from "fast-check";
import { expect, it } from "vitest";
import { createLatestRows } from "../../../runtime/operators/latest-rows-table.ts";
import type { LatestRowsSpec } from "../../../runtime/operators/latest-rows.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

const columns = { city: "string?", at: "timestamp?", rate: "double?" } as const;

interface Row {
  readonly city: string | null;
  readonly at: number | null;
  readonly rate: number | null;
}

const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const key = { city: "string?", at: "timestamp?" } as const;
const keyOf = (row: Row): readonly unknown[] => [row.city, row.at];
const keyText = (row: Row): string => JSON.stringify(keyOf(row));

const row: fc.Arbitrary<Row> = fc.record({ city: fc.constantFrom("a", "b", "c", null), at: fc.constantFrom(10_000, 20_000, 30_000, null), rate: fc.constantFrom(1, NaN, null) });
const change = fc.record({ row, weight: fc.constantFrom(1 as const, 1 as const, -1 as const) });
const batches = fc.array(fc.record({ changes: fc.array(change, { maxLength: 20 }), advance: fc.constantFrom(0, 6, 12), restarts: fc.boolean() }), { maxLength: 8 });

it("finds the row that entered last of each key, unless it left or the watermark passed it, through restarts", () => {
  fc.assert(
    fc.property(batches, fc.boolean(), (steps, closes) => {
      const spec: LatestRowsSpec<typeof columns> = { key, columns, ...(closes ? { closing: { key: "at" } } : {}) };
      let made = createLatestRows("x/latest", spec, codec);
      const entries = new Map<string, readonly [Uint8Array, Uint8Array]>();
      const model = new Map<string, Row>();
      let evict = 0;
      for (const { changes, advance, restarts } of steps) {
        evict += advance;
        made.state.beginBatch({ lateWatermark: evict - advance, evictWatermark: evict, timestamp: 0, isRebuilding: false });
        for (const { row: each, weight } of changes) {
          made.latest.change(weight, keyOf(each), { ...each });
          if (keyOf(each).includes(null)) continue;
          if (weight === 1) model.set(keyText(each), each);
          else if (Object.is(model.get(keyText(each))?.rate, each.rate)) model.delete(keyText(each));
          for (const { row: other } of changes) {
            const wanted = model.get(keyText(other));
            expect(made.latest.find(keyOf(other))).toEqual(wanted === undefined ? [] : [wanted]);
            expect(made.latest.has(keyOf(other))).toBe(wanted !== undefined);
          }
        }
        made.state.evict();
        if (closes) for (const [text, { at }] of [...model]) if (at !== null && at <= evict * 1000) model.delete(text);
        expect(made.state.rows).toBe(model.size);
        for (const { key: bytes, value } of made.state.changes()) {
          const name = Buffer.from(bytes).toString("hex");
          if (value === undefined) expect(entries.delete(name)).toBe(true);
          else entries.set(name, [bytes, value]);
        }
        expect(Array.from(made.state.entries(), ({ key: bytes }) => Buffer.from(bytes).toString("hex")).toSorted()).toEqual([...entries.keys()].toSorted());
        if (!restarts) continue;
        made = createLatestRows("x/latest", spec, codec, 3);
        for (const [bytes, value] of entries.values()) made.state.restore(0, bytes, value);
        made.state.beginBatch({ lateWatermark: evict, evictWatermark: evict, timestamp: 0, isRebuilding: true });
        for (const each of model.values()) expect(made.latest.find(keyOf(each))).toEqual([each]);
      }
    }),
    { interruptAfterTimeLimit: 20_000 },
  );
});
