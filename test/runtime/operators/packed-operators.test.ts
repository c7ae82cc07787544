import fc from "fast-check";
import { expect, it } from "vitest";
import { ChunkText, Longs, NullableNumbers, NullableTexts } from "../../../runtime/formats/columns/index.ts";
import { KeyLane } from "../../../runtime/formats/columns/key-lane.ts";
import { JsonWriter } from "../../../runtime/formats/json-writer.ts";
import { descending } from "../../../runtime/operators/row-order.ts";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import type { StreamJoinKind, StreamJoinSpec } from "../../../runtime/operators/stream-join.ts";
import { createStreamJoin } from "../../../runtime/operators/stream-join-table.ts";
import { createTop } from "../../../runtime/operators/top-table.ts";
import { plainRow, writePacked } from "../../../runtime/operators/row-view.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";
import type { ReaderLane } from "../../../runtime/state/lane-packer.ts";

interface Row {
  readonly id: number | bigint;
  readonly time: number | null;
  readonly text: string | null;
}

const columns = { id: "long", time: "timestamp?", text: "string?" } as const;
const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(2n ** 60n)),
  time: fc.option(fc.integer({ min: 0, max: 12 }).map((second) => second * 1_000_000), { nil: null, freq: 6 }),
  text: fc.option(fc.constantFrom("a", "b", "", "é→", 'q"\\\n', "\ud800", "x".repeat(70)), { nil: null, freq: 6 }),
});

/** The lanes of one row: its text is in the chunk where that can hold it. */
function lanesOf({ id, time, text }: Row): { readonly id: Longs; readonly time: NullableNumbers; readonly text: NullableTexts } {
  const chunk = new ChunkText();
  const bytes = Buffer.from(text ?? "");
  chunk.begin(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), bytes, 0, bytes.length);
  const lanes = { id: new Longs(), time: new NullableNumbers(), text: new NullableTexts(chunk) };
  for (const lane of Object.values(lanes)) lane.ensure(1);
  lanes.id.put(0, id);
  lanes.time.put(0, time);
  lanes.text.put(0, text);
  if (text !== null && bytes.toString() === text) {
    lanes.text.starts[0] = 0;
    lanes.text.ends[0] = bytes.length;
  }
  return lanes;
}

/** What a checkpoint holds of an operator, in the order in which it is given. */
function stored(operator: KeptOperator, part: "changes" | "entries"): readonly string[] {
  return [...operator[part]()].map(({ partition, key, value }) => `${partition} ${Buffer.from(key).toString("hex")} ${value === undefined ? "gone" : Buffer.from(value).toString("hex")}`);
}

function copyState(from: KeptOperator, to: KeptOperator): void {
  to.clear();
  for (const { partition, key, value } of from.entries()) if (value !== undefined) to.restore(partition, key, value);
}

const batch = (watermark: number): { lateWatermark: number; evictWatermark: number; timestamp: number; isRebuilding: boolean } => ({ lateWatermark: 0, evictWatermark: watermark, timestamp: 0, isRebuilding: false });

interface JoinInput {
  readonly isLeft: boolean;
  readonly row: Row;
  readonly meets: boolean;
}

const joinBatches = fc.array(fc.array(fc.record({ isLeft: fc.boolean(), row, meets: fc.boolean() }), { maxLength: 12 }), { minLength: 1, maxLength: 6 });

it("a join that keeps rows as bytes gives and stores what one that keeps objects does, and each goes on from the other's checkpoint", () => {
  const kinds = fc.constantFrom<StreamJoinKind>("inner", "left", "right", "full", "semi", "anti");
  fc.assert(
    fc.property(kinds, joinBatches, fc.boolean(), fc.boolean(), fc.nat(5), (kind, batches, hasResidual, isBounded, restart) => {
      const keeps = { time: ({ time }: Row) => time, offset: 2_000_000 };
      const side = { columns, ...(isBounded ? { keeps } : {}) };
      const spec: StreamJoinSpec<Row, Row> = { kind, key: { id: "long?" }, left: side, right: side, ...(hasResidual ? { residual: (left: Row, right: Row) => left.text !== null && left.text === right.text } : {}) };
      const objects = createStreamJoin(`j`, spec, codec);
      const packed = createStreamJoin(`j`, { ...spec, left: { ...side, packed: true }, right: { ...side, packed: true } }, codec);
      const run = (inputs: readonly JoinInput[], watermark: number): void => {
        for (const { state } of [objects, packed]) state.beginBatch(batch(watermark));
        for (const { isLeft, row: input, meets } of inputs) {
          const key = [input.id];
          if (isLeft) objects.join.addLeft(key, input, meets);
          else objects.join.addRight(key, input, meets);
          if (isLeft) packed.join.leftFrom(lanesOf(input)).add(key, 0, meets);
          else packed.join.rightFrom(lanesOf(input)).add(key, 0, meets);
        }
        expect([...packed.join.take()]).toEqual([...objects.join.take()]);
        expect([...packed.join.take()]).toEqual([...objects.join.take()]);
        for (const { state } of [objects, packed]) state.evict();
        // A block that a row entered and left for a match at once is told of once more than needed.
        const changed = stored(packed.state, "changes");
        for (const change of stored(objects.state, "changes")) expect(changed).toContain(change);
        expect(stored(packed.state, "entries").toSorted()).toEqual(stored(objects.state, "entries").toSorted());
        expect(packed.state.takeCounts()).toEqual(objects.state.takeCounts());
      };
      batches.forEach((inputs, at) => {
        run(inputs, at * 2000);
        if (at !== restart) return;
        const entries = stored(objects.state, "entries").toSorted();
        copyState(objects.state, packed.state);
        expect(stored(packed.state, "entries").toSorted()).toEqual(entries);
        copyState(packed.state, objects.state);
        expect(stored(objects.state, "entries").toSorted()).toEqual(entries);
      });
      run([], Infinity);
    }),
    { numRuns: 300 },
  );
});

it("selected columns of pairs are those of the rows as objects, read by name or written as JSON, wherever the writer starts anew", () => {
  const kinds = fc.constantFrom<StreamJoinKind>("inner", "left", "right", "full", "semi", "anti");
  const paths = { text: "left.text", at: "left.time", id: "left.id", other: "right.text", constructor: "right.id", again: "left.text", back: "right.time" } as const;
  fc.assert(
    fc.property(kinds, joinBatches, fc.boolean(), fc.integer({ min: 1, max: 5 }), (kind, batches, isBounded, resetEvery) => {
      const side = { columns, packed: true, ...(isBounded ? { keeps: { time: ({ time }: Row) => time, offset: 2_000_000 } } : {}) } as const;
      const spec: StreamJoinSpec<Row, Row> = { kind, key: { id: "long?" }, left: side, right: side };
      const pairs = createStreamJoin("j", spec, codec);
      const packed = createStreamJoin("j", spec, codec);
      const selected = packed.join.selecting(paths);
      const out = new JsonWriter();
      const run = (inputs: readonly JoinInput[], watermark: number): void => {
        for (const { join, state } of [pairs, packed]) {
          state.beginBatch(batch(watermark));
          for (const { isLeft, row: input, meets } of inputs) {
            if (isLeft) join.leftFrom(lanesOf(input)).add([input.id], 0, meets);
            else join.rightFrom(lanesOf(input)).add([input.id], 0, meets);
          }
        }
        const expected = [...pairs.join.take()].map(({ left, right }) => ({
          text: left?.text ?? null, at: left?.time ?? null, id: left?.id ?? null, other: right?.text ?? null, constructor: right?.id ?? null, again: left?.text ?? null, back: right?.time ?? null,
        }));
        const rows = [...selected.take()];
        expect(rows.map(plainRow)).toEqual(expected);
        expect([...selected.take()].map(({ id, text, at, other, constructor, again, back }) => ({ text, at, id, other, constructor, again, back }))).toEqual(expected);
        rows.forEach((given, at) => {
          if (at % resetEvery === 0) out.reset();
          const start = out.length;
          expect(writePacked(given, out)).toBe(true);
          expect(Buffer.from(out.view().subarray(start)).toString()).toBe(jsonOf(expected[at]!));
        });
        for (const { state } of [pairs, packed]) state.evict();
        expect(stored(packed.state, "entries")).toEqual(stored(pairs.state, "entries"));
      };
      batches.forEach((inputs, at) => { run(inputs, at * 2000); });
      run([], Infinity);
    }),
    { numRuns: 300 },
  );
});

it("pairs have no columns that the sides do not have", () => {
  const { join } = createStreamJoin<Row, Row>("j", { kind: "inner", key: { id: "long" }, left: { columns }, right: { columns } }, codec);
  expect(() => join.selecting({ id: "left.idd" } as unknown as { readonly id: "left.id" })).toThrow("a pair has no column left.idd");
});

/** A row of ids, times and texts as its encoder writes it. */
function jsonOf(given: Readonly<Record<string, number | bigint | string | null>>): string {
  const out = new JsonWriter();
  Object.entries(given).forEach(([name, value], at) => {
    out.raw(`${at === 0 ? "{" : ","}"${name}":`);
    if (typeof value === "string") out.text(value);
    else if (name === "at" || name === "back") out.timestamp(value === null ? null : Number(value));
    else out.long(value);
  });
  out.raw("}");
  return Buffer.from(out.view()).toString();
}

/** A key as emitted code gives it: a value, or where there is none the lane that stands for it. */
function keyAt(lane: ReaderLane, row: number, value: unknown): unknown {
  if (value !== undefined) return value;
  return lane instanceof KeyLane ? lane.key(row) : (lane as NullableNumbers).get(row);
}

it("a top that keeps rows as bytes gives and stores what one that keeps objects does, and each goes on from the other's checkpoint", () => {
  const batches = fc.array(fc.array(row, { maxLength: 14 }), { minLength: 1, maxLength: 6 });
  const byTime = descending(({ time }: Row) => time, "timestamp?");
  const byText = descending(({ text }: Row) => text, "string?");
  const by = fc.constantFrom([byTime], [byText], [byTime, byText]);
  const keys = fc.constantFrom(["id"], ["id", "text"], ["text", "id", "time"]) as fc.Arbitrary<readonly (keyof Row)[]>;
  fc.assert(
    fc.property(batches, by, keys, fc.boolean(), fc.nat(5), fc.integer({ min: 1, max: 5 }), (all, ordered, per, asLanes, restart, chunkRows) => {
      const spec = {
        count: 1, ties: false, ranked: false, per: Object.fromEntries(per.map((name) => [name, columns[name]])), columns,
        by: ordered,
      } as const;
      const objects = createTop<typeof columns, Row>("t", spec, codec);
      const packed = createTop<typeof columns, Row>("t", { ...spec, packed: true }, codec);
      const shown = ({ top }: typeof objects): unknown => [[...top.upserts()].map(({ kind, row: given }) => ({ kind, row: plainRow(given) })), [...top.changes()], [...top.snapshot()]];
      const run = (inputs: readonly Row[]): void => {
        for (const { state } of [objects, packed]) state.beginBatch(batch(0));
        for (let start = 0; start < inputs.length; start += chunkRows) {
          const rows = inputs.slice(start, start + chunkRows);
          const lanes = lanesOfAll(rows);
          const kept = packed.top.from(lanes);
          rows.forEach((input, at) => {
            const key = per.map((name) => input[name]);
            if (objects.top.admits(key, input)) objects.top.add(key, input);
            kept.add(at, ordered[0] === byText ? null : input.time, ...per.map((name) => keyAt(lanes[name], at, asLanes ? undefined : input[name])));
          });
          kept.end();
        }
        expect(shown(packed)).toEqual(shown(objects));
        expect(stored(packed.state, "changes")).toEqual(stored(objects.state, "changes"));
        expect(stored(packed.state, "entries")).toEqual(stored(objects.state, "entries"));
        for (const { state } of [objects, packed]) state.evict();
      };
      all.forEach((inputs, at) => {
        run(inputs);
        if (at !== restart) return;
        const entries = stored(objects.state, "entries");
        copyState(objects.state, packed.state);
        expect(stored(packed.state, "entries")).toEqual(entries);
        copyState(packed.state, objects.state);
        expect(stored(objects.state, "entries")).toEqual(entries);
      });
    }),
    { numRuns: 300 },
  );
});

/** The lanes of some rows, whose texts are decoded where they are not the first. */
function lanesOfAll(rows: readonly Row[]): ReturnType<typeof lanesOf> {
  const [first, ...others] = rows;
  if (first === undefined) throw new Error("there are no rows");
  const lanes = lanesOf(first);
  others.forEach(({ id, time, text }, at) => {
    lanes.id.put(at + 1, id);
    lanes.time.put(at + 1, time);
    lanes.text.put(at + 1, text);
  });
  return lanes;
}
