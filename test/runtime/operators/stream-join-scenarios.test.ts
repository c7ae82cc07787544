import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import { createStreamJoin } from "../../../runtime/operators/stream-join-table.ts";
import type { JoinedRow, JoinSide, StreamJoinKind, StreamJoinSpec } from "../../../runtime/operators/stream-join.ts";
import { createStateCodec } from "../../../runtime/state/codec.ts";

/** What Spark did in each batch: watermark (ms), number of input rows, result rows, and for each join, the last first, rows of state kept, updated, removed and dropped as late. */
interface SparkBatch {
  readonly wm?: number;
  readonly in: number;
  readonly out: readonly (readonly unknown[])[];
  readonly st: readonly (readonly [number, number, number, number])[];
}

interface Scenario {
  readonly id: string;
  readonly steps: readonly { readonly do: { readonly add?: Readonly<Record<string, readonly unknown[]>> }; readonly batches?: readonly SparkBatch[] }[];
}

/** Joins in the place of Spark's. */
interface Probe {
  /** The last first. */
  readonly states: readonly KeptOperator[];
  add(source: string, row: unknown): void;
  finish(): readonly (readonly unknown[])[];
}

interface Row {
  readonly id: number | null;
  readonly v: number;
  readonly t: number;
}

type Pair = JoinedRow<Row, Row>;
type Bound = JoinSide<Row>["keeps"];

const scenarios = JSON.parse(readFileSync(new URL("../../facts/scenarios.json", import.meta.url), "utf8")) as readonly Scenario[];
const codec = createStateCodec({ partitions: 4, hash: { name: "murmur3-32", seed: 0 } });
const second = 1_000_000;
const columns = { id: "int?", v: "int", t: "timestamp" } as const;
const window = { record: [["start", "timestamp"], ["end", "timestamp"]] } as const;
const windowOf = ({ t }: Row): { start: number; end: number } => ({ start: Math.floor(t / 10 / second) * 10 * second, end: (Math.floor(t / 10 / second) + 1) * 10 * second });
const byWindow: Bound = { time: (row) => windowOf(row).end, offset: 0 };
const byTime = (offset: number): Bound => ({ time: (row) => row.t, offset });

interface Shape {
  readonly kind: StreamJoinKind;
  readonly key?: StreamJoinSpec<Row, Row>["key"];
  readonly nullSafe?: readonly boolean[];
  readonly keyOf: (row: Row) => readonly unknown[];
  readonly keeps?: readonly [left: Bound, right: Bound];
  readonly residual?: (left: Row, right: Row) => boolean;
  /** The event time that is held against the watermark, where the side has one. */
  readonly lateBy?: readonly [left: ((row: Row) => number) | undefined, right: ((row: Row) => number) | undefined];
  readonly leftMeets?: (row: Row) => boolean;
}

/** One join; `show` makes its result rows. */
function joinOf(shape: Shape): { readonly state: KeptOperator; addLeft(row: Row): void; addRight(row: Row): void; take(): readonly Pair[] } {
  const { kind, keyOf, keeps = [undefined, undefined], lateBy = [undefined, undefined] } = shape;
  const sideOf = (bound: Bound): JoinSide<Row> => ({ columns, ...(bound === undefined ? {} : { keeps: bound }) });
  const spec: StreamJoinSpec<Row, Row> = {
    kind, key: shape.key ?? { k: "int?" }, left: sideOf(keeps[0]), right: sideOf(keeps[1]),
    ...(shape.nullSafe === undefined ? {} : { nullSafe: shape.nullSafe }), ...(shape.residual === undefined ? {} : { residual: shape.residual }),
  };
  const { join, state } = createStreamJoin("x/join", spec, codec);
  return {
    state,
    addLeft(row) {
      if (lateBy[0] === undefined || !join.isLate(lateBy[0](row))) join.addLeft(keyOf(row), row, shape.leftMeets?.(row));
    },
    addRight(row) {
      if (lateBy[1] === undefined || !join.isLate(lateBy[1](row))) join.addRight(keyOf(row), row);
    },
    take: () => [...join.take()],
  };
}

function probeOf(shape: Shape, rowOf: (raw: unknown) => Row, show: (pair: Pair) => readonly unknown[]): () => Probe {
  return () => {
    const join = joinOf(shape);
    return {
      states: [join.state],
      add: (source, raw) => (source === "a" ? join.addLeft(rowOf(raw)) : join.addRight(rowOf(raw))),
      finish: () => join.take().map(show),
    };
  };
}

/** A row of one number, which is its key and its seconds. */
const single = (raw: unknown): Row => ({ id: Number(raw), v: Number(raw), t: Number(raw) * second });
/** A row of key and seconds; a key is a number or a letter. */
const keyed = (raw: unknown): Row => {
  const [key, value] = raw as readonly [number | string | null, number];
  return { id: typeof key === "string" ? key.charCodeAt(0) : key, v: value, t: value * second };
};
const onWindows = { key: { k: "int?", w: window }, keyOf: (row: Row) => [row.id, windowOf(row)], keeps: [byWindow, byWindow], lateBy: [(row: Row) => windowOf(row).end, (row: Row) => windowOf(row).end] } as const;
const onTimes = { key: { k: "int?", t: "timestamp" }, keyOf: (row: Row) => [row.id, row.t], keeps: [byTime(0), byTime(0)], lateBy: [(row: Row) => row.t, (row: Row) => row.t] } as const;
const range = (kind: StreamJoinKind, left: number | undefined, right: number | undefined, residual: (left: Row, right: Row) => boolean): Shape => ({
  kind, keyOf: (row) => [row.id], keeps: [left, right].map((offset) => (offset === undefined ? undefined : byTime(offset))) as [Bound, Bound], lateBy: [(row) => row.t, (row) => row.t], residual,
});
const times = (scale: number, row: Row | null): number | null => (row === null ? null : row.v * scale);
const windowed = ({ left, right }: Pair): readonly unknown[] => {
  const row = left ?? right;
  return [row?.id, row === null ? null : windowOf(row).end / second, times(2, left), times(3, right)];
};
const tripled = ({ left, right }: Pair): readonly unknown[] => [left?.id ?? right?.id, times(2, left), times(3, right)];
const valued = ({ left, right }: Pair): readonly unknown[] => [left?.id ?? null, left?.v ?? null, right?.v ?? null];
const ms = 1000;

const probes: Readonly<Record<string, () => Probe>> = {
  J01: probeOf({ kind: "inner", keyOf: (row) => [row.id] }, single, tripled),
  J02: probeOf({ ...onWindows, kind: "inner", lateBy: [onWindows.lateBy[0], undefined] }, single, windowed),
  J03: probeOf(range("inner", undefined, 5 * second, (left, right) => left.t < right.t - 5 * second), keyed, valued),
  J04: probeOf(range("inner", -10 * second - ms, -5 * second - ms, (left, right) => left.t >= right.t - 10 * second && left.t <= right.t + 5 * second), keyed, valued),
  J05: probeOf({ ...onWindows, kind: "left" }, single, windowed),
  J06: probeOf({ ...onWindows, kind: "left", leftMeets: ({ v }) => v * 2 > 4 }, single, windowed),
  J07: probeOf({ ...onWindows, kind: "right", leftMeets: ({ v }) => v * 2 > 4 }, single, windowed),
  J08: probeOf(range("left", -5 * second - ms, -5 * second - ms, (left, right) => left.t >= right.t - 5 * second && left.t <= right.t + 5 * second), keyed, ({ left, right }) => [left?.id, right?.id ?? null, left?.v, right?.v ?? null]),
  J09: () => {
    const join = joinOf(range("left", -5 * second - ms, -ms, (left, right) => right.t >= left.t && right.t <= left.t + 5 * second));
    return {
      states: [join.state],
      add(_source, raw) {
        const row = keyed(raw);
        join.addLeft(row);
        if ((row.id ?? 0) % 2 === 0) join.addRight(row);
      },
      finish: () => join.take().map(({ left, right }) => [left?.id, left?.v, right?.id ?? null, right?.v ?? null]),
    };
  },
  J10: probeOf({ ...onWindows, kind: "full" }, single, ({ left, right }) => [left?.id ?? null, right?.id ?? null, times(2, left), times(3, right)]),
  J11: probeOf({ ...onWindows, kind: "semi" }, single, ({ left }) => [left?.id, left === null ? null : windowOf(left).end / second, times(2, left)]),
  J12: probeOf({ ...onTimes, kind: "left" }, keyed, ({ left }) => [String.fromCharCode(left?.id ?? 0), left?.v]),
  J13: () => {
    const shape = { ...onTimes, key: { t: "timestamp" }, keyOf: (row: Row) => [row.t], kind: "left" } as const;
    const [first, last] = [joinOf(shape), joinOf(shape)];
    // Of the first join's pairs the left row goes on, with the right one's value in the place of its id.
    const rowOf = (raw: unknown): Row => {
      const [value, v] = raw as readonly [number, number];
      return { id: null, v, t: value * second };
    };
    return {
      states: [last.state, first.state],
      add: (source, raw) => (source === "a" ? first.addLeft(rowOf(raw)) : source === "b" ? first.addRight(rowOf(raw)) : last.addRight(rowOf(raw))),
      finish() {
        for (const { left, right } of first.take()) if (left !== null) last.addLeft({ ...left, id: right?.v ?? null });
        return last.take().map(({ left, right }) => [(left?.t ?? 0) / second, left?.v, left?.id ?? null, right?.v ?? null]);
      },
    };
  },
  J14: () => {
    const [equal, safe] = [joinOf({ kind: "inner", keyOf: (row) => [row.id] }), joinOf({ kind: "inner", nullSafe: [true], keyOf: (row) => [row.id] })];
    const rowOf = (raw: unknown): Row => ({ id: raw === null ? null : Number(raw), v: 0, t: 0 });
    return {
      states: [equal.state, safe.state],
      add(source, raw) {
        for (const join of [equal, safe]) {
          if (source === "a") join.addLeft(rowOf(raw));
          else join.addRight(rowOf(raw));
        }
      },
      finish: () => [["eq", equal] as const, ["ns", safe] as const].flatMap(([name, join]) => join.take().map(({ left, right }) => [name, left?.id, right?.id])),
    };
  },
  J15: probeOf({ ...onTimes, kind: "left" }, keyed, valued),
};

const sorted = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort();

/** Runs the batches that Spark ran, and makes the joins anew from their entries before every batch where `restarts`. */
function run(scenario: Scenario, makeProbe: () => Probe, restarts: boolean): void {
  let probe = makeProbe();
  let [late, evict] = [0, 0];
  for (const step of scenario.steps) {
    for (const batch of step.batches ?? []) {
      if (restarts) {
        const stored = probe.states.map((state) => [...state.entries()].reverse());
        probe = makeProbe();
        for (const [at, state] of probe.states.entries()) {
          for (const { partition, key, value } of stored[at] ?? []) if (value !== undefined) state.restore(partition, key, value);
          state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: true });
        }
      }
      const { states } = probe;
      [late, evict] = [evict, batch.wm ?? 0];
      if (batch.in === 0) expect(states.some((state) => state.wantsNoDataBatch(evict, 0))).toBe(true);
      for (const state of states) state.beginBatch({ lateWatermark: late, evictWatermark: evict, timestamp: 0, isRebuilding: false });
      if (batch.in > 0) for (const [source, rows] of Object.entries(step.do.add ?? {})) for (const row of rows) probe.add(source, row);
      expect(sorted(probe.finish())).toEqual(sorted(batch.out));
      for (const state of states) state.evict();
      for (const state of states) expect([...state.changes()].every(({ partition }) => partition < 4)).toBe(true);
      // A semi join of Spark keeps left rows that came out.
      if (scenario.id !== "J11") expect(states.map((state) => state.rows)).toEqual(batch.st.map(([total]) => total));
      expect(states.map((state) => state.takeCounts().late)).toEqual(batch.st.map(([, , , dropped]) => dropped));
    }
  }
}

it.each(Object.keys(probes))("%s gives Spark's rows and its number of rows in state, straight and made anew before every batch", (id) => {
  const scenario = scenarios.find((each) => each.id === id);
  const makeProbe = probes[id];
  if (scenario === undefined || makeProbe === undefined) throw new Error(`no such scenario: ${id}`);
  run(scenario, makeProbe, false);
  run(scenario, makeProbe, true);
});

it("holds the watermark of what is above a range join back by the greater of its bounds, to the millisecond (J16)", () => {
  const bound = byTime(-3600 * second - ms);
  const { state } = joinOf({ kind: "left", keyOf: (row) => [row.id], keeps: [bound, bound] });
  expect([3_620_000, 8_160_000, Infinity, -Infinity].map((input) => state.outputWatermark?.(input))).toEqual([19_999, 4_559_999, Infinity, -Infinity]);
  expect(joinOf({ ...onWindows, kind: "inner" }).state.outputWatermark?.(5000)).toBe(5000);
  expect(joinOf({ kind: "inner", keyOf: (row) => [row.id], keeps: [byTime(5 * second), undefined] }).state.outputWatermark?.(5000)).toBe(5000);
});
